import { z } from 'zod';
import { failureOf } from '../../api/failures.ts';
import { type NoteSummary, type NoteView, noteLimits } from '../../api/notes-views.ts';
import type { JsonValue } from '../../protocol/json-value.ts';
import { findBox, tickLine } from '../../protocol/note-text.ts';
import { defineTool, type Tool, ToolRefusal } from '../tools/tool.ts';
import type { Notes } from './create-notes.ts';

/** Most notes of one list. */
const maxListed = 50;

/** Most characters of a note that are shown at once. */
const maxShownChars = 30_000;

const input = z.strictObject({
  action: z
    .enum(['list', 'read', 'write', 'append', 'check', 'remove'])
    .describe(
      '`list`: titles, with `query` only those that hold its words; `read`; `write`: new note, or the whole new text of one; `append`: lines at the end; `check`: tick or untick a line with a box; `remove`.',
    ),
  title: z
    .string()
    .trim()
    .min(1)
    .max(noteLimits.titleChars)
    .optional()
    .describe('Title of the note, as it was listed.'),
  text: z.string().max(noteLimits.textChars).optional().describe('Markdown; steps of a checklist as `- [ ] step`.'),
  query: z.string().max(noteLimits.queryChars).default(''),
  item: z.string().trim().min(1).max(500).optional().describe('For `check`: words of the line.'),
  done: z.boolean().default(true).describe('For `check`: ticked or not.'),
});

type Question = z.output<typeof input>;

/**
 * Lets an agent keep notes and checklists for the person. They stay within Nunba, the person sees and changes them on a
 * page, and each change keeps the version before: so nobody is asked first.
 */
export function createNotesTool(notes: Notes): Tool {
  return defineTool({
    name: 'notes',
    description:
      'Keeps notes and checklists for the person, who sees and changes them too. Use it for what should be remembered beyond this conversation, when they ask for it. A note has a title and Markdown text.',
    input,
    // An agent may have written down what stood on a page.
    isOutside: true,
    async run(question, { agentId }) {
      try {
        return { value: await answer(question, notes, agentId), sources: [] };
      } catch (error) {
        throw refusalOf(error);
      }
    },
  });
}

/** Limits and what was changed meanwhile are the model's to know; anything else is a bug. */
function refusalOf(error: unknown): unknown {
  switch (failureOf(error)?.kind) {
    case 'too-many':
      return new ToolRefusal(`There are ${noteLimits.notes} notes, which is the most. One has to be removed first.`);
    case 'conflict':
    case 'not-found':
      return new ToolRefusal('The note was changed in the meantime. Read it again.');
    default:
      return error;
  }
}

async function answer(question: Question, notes: Notes, agentId: string): Promise<JsonValue> {
  switch (question.action) {
    case 'list':
      return listed((await notes.list(question.query)).filter(({ deletedAt }) => deletedAt === null));
    case 'read':
      return shown(await noteOf(question, notes));
    case 'write':
      return write(question, notes, agentId);
    case 'append': {
      const text = needed(question.text, 'text');
      const before = await noteOf(question, notes);
      return save(
        before,
        `${before.text.replace(/(?<!\n)\n*$/, before.text === '' ? '' : '\n')}${text}`,
        notes,
        agentId,
      );
    }
    case 'check':
      return check(question, notes, agentId);
    case 'remove': {
      const note = await noteOf(question, notes);
      await notes.remove(note.id);
      return { removed: note.title, note: 'The person can bring it back for 30 days.' };
    }
  }
}

const listed = (summaries: readonly NoteSummary[]): JsonValue => ({
  notes: summaries.slice(0, maxListed).map(({ title, updatedAt, excerpt, boxCount, doneCount }) => ({
    title,
    changed: new Date(updatedAt).toISOString(),
    begins: excerpt,
    ...(boxCount > 0 ? { done: `${doneCount} of ${boxCount}` } : {}),
  })),
  ...(summaries.length > maxListed ? { more: summaries.length - maxListed } : {}),
});

const shown = ({ title, text }: NoteView): JsonValue => ({
  title,
  text: text.length > maxShownChars ? `${text.slice(0, maxShownChars)}\n… (${text.length} characters)` : text,
});

async function write(question: Question, notes: Notes, agentId: string): Promise<JsonValue> {
  const draft = { title: needed(question.title, 'title'), text: needed(question.text, 'text') };
  const present = await find(draft.title, notes);
  if (present) return save(present, draft.text, notes, agentId);
  await notes.create(draft, agentId);
  return { created: draft.title };
}

async function check(question: Question, notes: Notes, agentId: string): Promise<JsonValue> {
  const note = await noteOf(question, notes);
  const found = findBox(note.text, needed(question.item, 'item'));
  if (found.kind === 'none') throw new ToolRefusal(`“${note.title}” has no line with a box and these words.`);
  if (found.kind === 'several') {
    const lines = found.boxes.slice(0, 10).map(({ text }) => `“${text.slice(0, 100)}”`);
    throw new ToolRefusal(`Several lines hold these words: ${lines.join(', ')}. Give the whole line.`);
  }
  await save(note, tickLine(note.text, found.box.line, question.done), notes, agentId);
  return { item: found.box.text, done: question.done };
}

async function save(note: NoteView, text: string, notes: Notes, agentId: string): Promise<JsonValue> {
  if (text.length > noteLimits.textChars) throw new ToolRefusal('A note can be at most 50,000 characters long.');
  await notes.save(note, { title: note.title, text }, agentId);
  return { saved: note.title, note: 'The version before is kept.' };
}

async function noteOf({ title }: Question, notes: Notes): Promise<NoteView> {
  const wanted = needed(title, 'title');
  const note = await find(wanted, notes);
  if (!note) throw new ToolRefusal(`There is no note called “${wanted.slice(0, 100)}”. List them first.`);
  return note;
}

/** The newest of that title. */
async function find(title: string, notes: Notes): Promise<NoteView | null> {
  const same = (await notes.list('')).find(
    (each) => each.deletedAt === null && each.title.toLowerCase() === title.toLowerCase(),
  );
  return same ? notes.read(same.id) : null;
}

function needed(value: string | undefined, name: string): string {
  if (value === undefined) throw new ToolRefusal(`\`${name}\` is needed for this.`);
  return value;
}
