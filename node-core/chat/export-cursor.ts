import { z } from 'zod';
import { FailureError } from '../api/failures.ts';
import { idSchema } from '../api/ids.ts';

const count = z.number().int().nonnegative();

/** Where an export stands; short names, because it travels as text of at most 200 characters. */
const placeSchema = z.discriminatedUnion('at', [
  z.object({ at: z.literal('conversation'), id: idSchema, isFirst: z.boolean(), done: count }),
  /** `after`: number of the last message (JSON), or how many of the branch are done (Markdown). */
  z.object({ at: z.literal('messages'), id: idSchema, after: count, done: count }),
  /** `after`: the last attachment that is done; `offset`: bytes of the next one that are done. */
  z.object({ at: z.literal('attachments'), id: idSchema, after: idSchema.nullable(), offset: count, done: count }),
  z.object({ at: z.literal('end'), done: count }),
]);

/** The next thing an export has to say. */
export type ExportPlace = z.infer<typeof placeSchema>;

export const writeCursor = (place: ExportPlace): string => JSON.stringify(place);

/** Throws `invalid-input` for what `writeCursor` never wrote. */
export function readCursor(cursor: string): ExportPlace {
  try {
    return placeSchema.parse(JSON.parse(cursor));
  } catch (error) {
    throw new FailureError(
      { kind: 'invalid-input', field: 'cursor', reason: 'not one of an export' },
      { cause: error },
    );
  }
}
