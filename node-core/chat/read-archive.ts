import { z } from 'zod';
import { FailureError } from '../api/failures.ts';
import { archiveFormat, archiveSchema, archiveVersion } from './archive-format.ts';
import { ArchiveProblem, type CheckedArchive, checkArchive } from './check-archive.ts';

const headSchema = z.object({ format: z.literal(archiveFormat), version: z.number().int() });

/** Reads the text of an export. Throws `import-unreadable` with a reason for everything that is not one. */
export function readArchive(text: string): CheckedArchive {
  const json = parseJson(text);
  const head = headSchema.safeParse(json);
  if (!head.success) throw unreadable('this is not an export of Nunba.');
  if (head.data.version > archiveVersion) {
    throw unreadable(`the export was written by a newer Nunba (format ${head.data.version}).`);
  }
  const archive = archiveSchema.safeParse(json);
  if (!archive.success) throw unreadable(firstIssue(archive.error), archive.error);
  try {
    return checkArchive(archive.data);
  } catch (error) {
    throw error instanceof ArchiveProblem ? unreadable(error.message, error) : error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable('the file is not JSON, or not all of it is there.', error);
  }
}

/** Where the first thing stands that is not as it should be, without quoting it. */
const firstIssue = (error: z.ZodError): string => {
  const where = error.issues[0]?.path.map(String).join('.') ?? '';
  return `${where === '' ? 'the file' : where} is not as an export of Nunba has it.`;
};

/** The failure of an import. */
export const unreadable = (reason: string, cause?: unknown): FailureError =>
  new FailureError({ kind: 'import-unreadable', reason: reason.slice(0, 500) }, cause === undefined ? {} : { cause });
