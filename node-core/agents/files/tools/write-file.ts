import { createHash } from 'node:crypto';
import process from 'node:process';
import { z } from 'zod';
import type { FileChange } from '../../../protocol/hands/deed.ts';
import { defineDeedTool, type Tool, type ToolContext, type ToolPlan, ToolRefusal } from '../../tools/tool.ts';
import { factsOf, fileStateOf, isUnchanged } from '../disk/file-state.ts';
import { placeNew, placeOver, temporaryFor, writeTemporary } from '../disk/place-file.ts';
import { type Encoding, encodeText } from '../disk/text-file.ts';
import type { Found, Reach } from '../reach/reach.ts';
import { describeDiff } from './describe-diff.ts';
import type { FileMeans } from './file-means.ts';
import { type Rewriting, rewritten } from './new-text.ts';
import type { Step } from './perform-steps.ts';
import { performSteps } from './perform-steps.ts';
import { folderChange, folderStep, surroundingsOf } from './plan-folders.ts';
import { readText } from './read-file.ts';

/** Longest text that is written at once, characters. */
const maxContentChars = 500_000;

const input = z.strictObject({
  path: z.string().min(1).max(4096).describe('The file. Folders that are missing are made.'),
  content: z
    .string()
    .max(maxContentChars)
    .optional()
    .describe('The whole text of the file, new or instead of the old.'),
  find: z.string().min(1).max(maxContentChars).optional().describe('A passage that the file holds exactly once.'),
  replace: z.string().max(maxContentChars).optional().describe('What takes the place of that passage.'),
});

/** Writes a text file in a picked folder, whole or one passage of it. */
export const writeFile = (means: FileMeans): Tool =>
  defineDeedTool({
    name: 'write_file',
    description:
      'Writes a text file in a folder that the person picked: give `content` for the whole text, or `find` and `replace` for one passage. The person sees the change first and may refuse it.',
    input,
    limits: { timeMs: 60_000 },
    // What is left is the writing itself: the file is as it was.
    argumentsForRest: (rest) => rest.arguments,
    async plan(asked, context) {
      const reach = await means.reachFor(context);
      const rewriting = rewritingOf(asked);
      const found = await reach.findToChange(asked.path);
      return found.facts ? planRewrite(means, reach, found, rewriting) : planNew(means, found, rewriting);
    },
  });

function rewritingOf({ content, find, replace }: z.output<typeof input>): Rewriting {
  if (content !== undefined && find === undefined && replace === undefined) return { kind: 'whole', content };
  if (content === undefined && find !== undefined && replace !== undefined) return { kind: 'passage', find, replace };
  throw new ToolRefusal('Give either `content` alone, or `find` and `replace`.');
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function planNew(means: FileMeans, found: Found, rewriting: Rewriting): Promise<ToolPlan> {
  const { files } = means;
  const { path, shown, root } = found;
  if (rewriting.kind === 'passage') throw new ToolRefusal(`There is no file “${shown}” to change; write its content.`);
  const bytes = encodeText(rewriting.content, 'utf-8');
  const { missing } = await surroundingsOf(files, found);
  const diff = await describeDiff(shown, null, rewriting.content);
  const changes: FileChange[] = [...missing.map(folderChange), { kind: 'create', path, sizeBytes: bytes.length, diff }];
  const step = (now: Reach): Step => ({
    label: `wrote ${shown}`,
    prepare: async () => {
      if (await factsOf(files, path)) throw new ToolRefusal(`“${shown}” is there by now.`);
      return {
        effect: { kind: 'write-file', path, before: null, afterSha256: hashOf(bytes) },
        act: async () => {
          await now.requireSame(found);
          const temporary = temporaryFor(path, hashOf(bytes));
          await writeTemporary(files, temporary, bytes, { mode: newMode(), modifiedAt: null, owner: null });
          await placeNew(files, temporary, path);
        },
      };
    },
  });
  return {
    kind: 'deed',
    deed: { kind: 'change-files', folder: root.path, changes },
    run: async (context, notes) => {
      const now = await means.reachFor(context);
      const folders = missing.map((folder) => folderStep(files, now, folder, now.shown(root, folder)));
      return performSteps([...folders, step(now)], notes, context, means.locks);
    },
  };
}

/** What a new file may be by the person's own settings. */
const newMode = (): number => 0o666 & ~process.umask();

async function planRewrite(means: FileMeans, reach: Reach, found: Found, rewriting: Rewriting): Promise<ToolPlan> {
  const { path, shown, root } = found;
  const { text, encoding } = await readText(means, reach, found);
  const after = rewritten(text, rewriting, shown);
  if (after === text) throw new ToolRefusal(`“${shown}” says exactly that already.`);
  const bytes = encodeText(after, encoding);
  const before = await fileStateOf(means.files, path);
  if (before.kind !== 'file' || !isSameText(before.sha256, text, encoding)) {
    throw new ToolRefusal(`“${shown}” is being changed at the moment. Read it again.`);
  }
  const diff = await describeDiff(shown, text, after);
  return {
    kind: 'deed',
    deed: {
      kind: 'change-files',
      folder: root.path,
      changes: [{ kind: 'rewrite', path, sizeBytes: bytes.length, diff }],
    },
    run: async (context: ToolContext, notes) => {
      const now = await means.reachFor(context);
      return performSteps(
        [rewriteStep(means, now, found, { bytes, sha256: before.sha256 })],
        notes,
        context,
        means.locks,
      );
    },
  };
}

const isSameText = (sha256: string, text: string, encoding: Encoding): boolean =>
  hashOf(encodeText(text, encoding)) === sha256;

/** @param content the new bytes, and the hash of those that were shown as the old ones */
function rewriteStep(
  { files, store }: FileMeans,
  reach: Reach,
  found: Found,
  content: { readonly bytes: Uint8Array; readonly sha256: string },
): Step {
  const { path, shown } = found;
  return {
    label: `wrote ${shown}`,
    prepare: async () => {
      await reach.requireSame(found);
      const { sha256, keptAs, facts } = await store.keep(path);
      if (sha256 !== content.sha256) throw new ToolRefusal(`“${shown}” was changed since. Read it again.`);
      const afterSha256 = hashOf(content.bytes);
      return {
        effect: { kind: 'write-file', path, before: { sha256, keptAs }, afterSha256 },
        act: async () => {
          const temporary = temporaryFor(path, afterSha256);
          const owner = { uid: Number(facts.uid), gid: Number(facts.gid) };
          await writeTemporary(files, temporary, content.bytes, { mode: Number(facts.mode), modifiedAt: null, owner });
          await reach.requireSame(found);
          const last = await factsOf(files, path);
          if (!last || !isUnchanged(last, facts)) {
            await files.rm(temporary, { force: true });
            throw new ToolRefusal(`“${shown}” was changed just now. Read it again.`);
          }
          await placeOver(files, temporary, path);
        },
      };
    },
  };
}
