import fs from 'node:fs';
import nodeFiles from 'node:fs/promises';
import path from 'node:path';
import type { Files } from '../../node-core/agents/files/disk/files.ts';
import { PathLocks } from '../../node-core/agents/files/disk/path-locks.ts';
import { rootsOf } from '../../node-core/agents/files/folders/roots.ts';
import { createFileTools } from '../../node-core/agents/files/tools/create-file-tools.ts';
import { FileEffects } from '../../node-core/agents/files/undo/effect-keeper.ts';
import { UndoStore } from '../../node-core/agents/files/undo/undo-store.ts';
import type { EffectNotes, Tool, ToolContext } from '../../node-core/agents/tools/tool.ts';
import type { Deed } from '../../node-core/protocol/hands/deed.ts';
import type { Effect } from '../../node-core/protocol/hands/effect.ts';
import type { JsonValue } from '../../node-core/protocol/json-value.ts';
import { createFakeClock } from '../doubles/clock.ts';
import { tempFolder } from './temp-folder.ts';

/** A journal that keeps what was noted, in order. */
export interface NotedEffects extends EffectNotes {
  readonly done: Effect[];
}

export function noteEffects(): NotedEffects {
  const done: Effect[] = [];
  return {
    done,
    async act(effect, act) {
      const result = await act();
      done.push(effect);
      return result;
    },
  };
}

/** The tools for files over real folders, and what a test does with them. */
export function fileHands(options: { readonly files?: Files; readonly picked?: readonly string[] } = {}) {
  const { files = nodeFiles, picked = ['picked'] } = options;
  const folder = tempFolder();
  const at = (name: string): string => path.join(folder, name);
  for (const name of picked) fs.mkdirSync(at(name), { recursive: true });
  const clock = createFakeClock(1_750_000_000_000);
  const store = new UndoStore({ folder: at('data/undo'), clock, files });
  const locks = new PathLocks();
  const folders = { rootsFor: async () => rootsOf(picked.map(at)) };
  const source = createFileTools({ files, store, locks, folders, dataFolder: at('data'), clock });
  const context: ToolContext = {
    conversationId: 'c',
    agentId: 'nunba',
    reader: { searchMessages: async () => [], readAttachment: async () => null },
    signal: new AbortController().signal,
  };
  const toolOf = async (name: Tool['name']): Promise<Tool> => {
    const tools = ['list_files', 'read_file', 'search_files', 'write_file', 'move_files', 'remove_files'] as const;
    const offered = await source.toolsFor({ ...context, tools: [...tools], servers: [], knowledge: [] });
    const tool = offered.find((each) => each.name === name);
    if (!tool) throw new Error(`no tool ${name}`);
    return tool;
  };
  const plan = async (name: string, input: unknown) => (await toolOf(name)).plan(input, context);
  const planDeed = async (name: string, input: unknown) => {
    const planned = await plan(name, input);
    if (planned.kind !== 'deed') throw new Error(`${name} planned no deed`);
    const run = async (notes: EffectNotes = noteEffects()): Promise<JsonValue> =>
      (await planned.run(context, notes)).value;
    return { deed: planned.deed, changes: changesOf(planned.deed), run };
  };
  return {
    at,
    store,
    source,
    context,
    keeper: new FileEffects(store, nodeFiles, locks),
    planDeed,
    toolOf,
    /** Plans and runs a tool that only reads. */
    async read(name: string, input: unknown): Promise<JsonValue> {
      const planned = await plan(name, input);
      if (planned.kind !== 'read') throw new Error(`${name} planned a deed`);
      return (await planned.run(context)).value;
    },
    /** Plans and does a deed; what is noted goes to `notes`. */
    async act(name: string, input: unknown, notes: EffectNotes = noteEffects()): Promise<JsonValue> {
      return (await planDeed(name, input)).run(notes);
    },
    text: (name: string): string => fs.readFileSync(at(name), 'utf8'),
    names: (name: string): readonly string[] => fs.readdirSync(at(name)).sort(),
  };
}

const changesOf = (deed: Deed) => (deed.kind === 'change-files' ? deed.changes : []);
