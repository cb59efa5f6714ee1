import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';

/** What a person's browser opens to be let in, once. */
export interface Handover {
  /** Absolute path of the file. */
  readonly file: string;
  /** Deletes the file; idempotent. */
  remove(): Promise<void>;
}

const prefix = 'open-';
const script = 'document.forms[0].submit();';
const scriptHash = createHash('sha256').update(script).digest('base64');

/**
 * Writes a page into `folder`, readable by its owner alone, that posts the one-time `token` to `POST /session` of the
 * node at `address` (`http://127.0.0.1:6777`). So the token stands in no process list, history or log.
 * Files of earlier starts are deleted.
 */
export async function writeHandover(folder: string, address: string, token: string): Promise<Handover> {
  if (!/^[\w-]+$/.test(token)) throw new Error('a one-time token is base64url');
  const { origin } = new URL(address);
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  await removeOld(folder);
  const file = path.join(folder, `${prefix}${randomBytes(8).toString('hex')}.html`);
  await fs.writeFile(file, pageOf(origin, token), { mode: 0o600, flag: 'wx' });
  return { file, remove: () => fs.rm(file, { force: true }) };
}

async function removeOld(folder: string): Promise<void> {
  const names = await fs.readdir(folder);
  const old = names.filter((name) => name.startsWith(prefix) && name.endsWith('.html'));
  await Promise.all(old.map((name) => fs.rm(path.join(folder, name), { force: true })));
}

function pageOf(origin: string, token: string): string {
  return [
    '<!doctype html>',
    '<meta charset="utf-8">',
    '<title>Nunba</title>',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'sha256-${scriptHash}'; form-action ${origin}">`,
    `<form method="post" action="${origin}/session"><input type="hidden" name="token" value="${token}"></form>`,
    `<script>${script}</script>`,
    '',
  ].join('\n');
}
