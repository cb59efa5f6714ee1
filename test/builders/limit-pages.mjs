/**
 * Loaded before a node (`--import`): on SIGUSR2 its databases may grow no more, and on the next one they may again. So a
 * full disk is met by the real program without filling one.
 */
import { createRequire } from 'node:module';
import process from 'node:process';

const Database = createRequire(import.meta.url)('better-sqlite3');
const open = new Set();
let isLimited = false;

const { pragma } = Database.prototype;
Database.prototype.pragma = function pragmaOf(text, ...rest) {
  // The node's own connections write; those that only read are left alone.
  if (/^synchronous/.test(text)) open.add(this);
  return pragma.call(this, text, ...rest);
};

process.on('SIGUSR2', () => {
  isLimited = !isLimited;
  for (const database of open) {
    if (!database.open) continue;
    const pages = isLimited ? Number(pragma.call(database, 'page_count', { simple: true })) : 1_000_000;
    pragma.call(database, `max_page_count = ${pages}`);
  }
});
