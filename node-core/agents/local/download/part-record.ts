import fs from 'node:fs/promises';
import { z } from 'zod';
import { writeFileAtomically } from '../../../platform/atomic-file.ts';

/** What is known of a part, in `<file>.part.json` beside it. */
const partRecordSchema = z.object({
  version: z.literal(1),
  /** The address that was asked, before redirects. */
  url: z.string().max(4000),
  integrity: z.string().max(200),
  /** A strong ETag, or the date of the last change, as the server wrote it; `null`: it said neither. */
  validator: z.string().max(1000).nullable(),
  /** Size of the whole, as far as it is known, bytes. */
  sizeBytes: z.number().int().nonnegative().nullable(),
});
export type PartRecord = z.infer<typeof partRecordSchema>;

export const partOf = (file: string): string => `${file}.part`;
const recordOf = (file: string): string => `${file}.part.json`;

/** The record of a part; `null`: there is none that can be read, so the part is worth nothing. */
export async function readPartRecord(file: string): Promise<PartRecord | null> {
  try {
    return partRecordSchema.parse(JSON.parse(await fs.readFile(recordOf(file), 'utf8')));
  } catch {
    return null;
  }
}

/** Durable when it resolves. */
export const writePartRecord = (file: string, record: PartRecord): Promise<void> =>
  writeFileAtomically(recordOf(file), JSON.stringify(record));

export const removePartRecord = (file: string): Promise<void> => fs.rm(recordOf(file), { force: true });

/** How much of a file has arrived, bytes; 0 where nothing is kept. */
export async function partBytes(file: string): Promise<number> {
  const record = await readPartRecord(file);
  const stat = await fs.stat(partOf(file)).catch(() => null);
  return record !== null && stat?.isFile() ? stat.size : 0;
}

/** Forgets a download that is not under way: nothing of it stays on the disk. */
export async function discardPart(file: string): Promise<void> {
  await fs.rm(partOf(file), { force: true });
  await removePartRecord(file);
}
