import { limits } from '../api/conversation-views.ts';
import { proseLines } from './prose-lines.ts';

/** One task that an agent wrote down. */
export interface FoundTask {
  /** Plain text, 1..1000 characters. */
  readonly text: string;
  readonly isDone: boolean;
}

/** Longest text of a task, in characters; the rest is cut. */
const maxTaskChars = 1000;

const taskLine = /^[ \t>]{0,60}(?:[-*+]|\d{1,9}[.)])[ \t]{1,8}\[([ xX])\][ \t](.*)$/;

/**
 * The tasks of a markdown text (GitHub's task list items, https://github.github.com/gfm/#task-list-items-extension-),
 * in their order. Tasks below tasks are made flat; code fences are passed over; a task without words is none. At most
 * as many as a checklist holds. Never throws.
 */
export function findChecklist(markdown: string): readonly FoundTask[] {
  const tasks: FoundTask[] = [];
  for (const line of proseLines(markdown)) {
    const task = readTask(line);
    if (task) tasks.push(task);
    if (tasks.length === limits.checklistItems) break;
  }
  return tasks;
}

const readTask = (line: string): FoundTask | null => {
  const match = taskLine.exec(line);
  if (!match) return null;
  const text = withoutMarks(match[2] ?? '')
    .slice(0, maxTaskChars)
    .trim();
  return text === '' ? null : { text, isDone: match[1] !== ' ' };
};

/** A checklist shows plain text: pairs of `**`, `__` and backticks around words go, the words stay. */
const withoutMarks = (text: string): string =>
  text
    .replace(/\*\*([^*]+)\*\*/g, '$1')
    .replace(/__([^_]+)__/g, '$1')
    .replace(/`([^`]+)`/g, '$1')
    .trim();
