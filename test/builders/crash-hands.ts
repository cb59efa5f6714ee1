import fs from 'node:fs';
import nodeFiles, { type FileHandle } from 'node:fs/promises';
import { flushCompileCache } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import type { Files } from '../../node-core/agents/files/disk/files.ts';
import { PathLocks } from '../../node-core/agents/files/disk/path-locks.ts';
import { createFileTools } from '../../node-core/agents/files/tools/create-file-tools.ts';
import { UndoStore } from '../../node-core/agents/files/undo/undo-store.ts';
import type { EffectNotes, ToolContext } from '../../node-core/agents/tools/tool.ts';
import { systemClock } from '../../node-core/platform/system-clock.ts';

/**
 * Does deeds in a process of its own, which ends by force (SIGKILL to itself) right before or right after one step of
 * the file system. Arguments: the folder, the number of that step from 0 (or `none`), `before` or `after`, and the
 * deeds as JSON. It says how many steps there were.
 */

const [folder = '', crashAt = 'none', when = 'before', deeds = '[]'] = process.argv.slice(2);

let steps = 0;

/** Runs one step of the file system, or dies at it. */
async function step(work: () => Promise<unknown>): Promise<unknown> {
  const isLast = String(steps) === crashAt;
  steps += 1;
  if (isLast && when === 'before') process.kill(process.pid, 'SIGKILL');
  const result = await work();
  if (isLast) process.kill(process.pid, 'SIGKILL');
  return result;
}

const stepping = <T extends object>(target: T, wrap: (name: string, result: unknown) => unknown): T =>
  new Proxy(target, {
    get(object, name) {
      const value: unknown = Reflect.get(object, name);
      if (typeof value !== 'function' || typeof name !== 'string') return value;
      const bound = (value as (...args: readonly unknown[]) => unknown).bind(object);
      const isStep = /^(?:open|rename|link|unlink|mkdir|rmdir|rm|writeFile|chmod|chown|utimes|sync)$/.test(name);
      if (!isStep) return bound;
      return async (...args: readonly unknown[]) => wrap(name, await step(async () => bound(...args)));
    },
  });

const files: Files = stepping(nodeFiles, (name, result) =>
  name === 'open' ? stepping(result as FileHandle, (_, inner) => inner) : result,
);

/** A journal of lines on the disk: an effect before it happens, and that it happened. */
function journalIn(file: string): EffectNotes {
  const journal = fs.openSync(file, 'a');
  const note = (line: unknown): void => {
    fs.writeSync(journal, `${JSON.stringify(line)}\n`);
    fs.fsyncSync(journal);
  };
  return {
    async act(effect, act) {
      note({ begun: effect });
      const result = await act();
      note({ done: true });
      return result;
    },
  };
}

const picked = path.join(folder, 'picked');
const context: ToolContext = {
  conversationId: 'c',
  agentId: 'nunba',
  reader: { searchMessages: async () => [], readAttachment: async () => null },
  signal: new AbortController().signal,
};
const source = createFileTools({
  files,
  store: new UndoStore({ folder: path.join(folder, 'data/undo'), clock: systemClock, files }),
  locks: new PathLocks(),
  folders: { rootsFor: async () => [{ path: picked, name: 'picked' }] },
  dataFolder: path.join(folder, 'data'),
  clock: systemClock,
});
// Whoever is ended by force keeps nothing for the next one.
flushCompileCache();
const tools = await source.toolsFor({
  ...context,
  tools: ['write_file', 'move_files', 'remove_files'],
  servers: [],
  knowledge: [],
});
const journal = journalIn(path.join(folder, 'journal'));
for (const [name, input] of JSON.parse(deeds) as readonly (readonly [string, unknown])[]) {
  const plan = await tools.find((tool) => tool.name === name)?.plan(input, context);
  if (plan?.kind === 'deed') await plan.run(context, journal);
}
process.stdout.write(`${steps}\n`);
