import { z } from 'zod';
import { call, done, subscription } from './call-shapes.ts';
import { idSchema } from './ids.ts';
import { noteDraftSchema, noteLimits, noteSchema, noteSummarySchema } from './notes-views.ts';

/** The share in the contract of notes, which agents keep for the person and the person can change. */
export const notesCalls = {
  'notes.read': call(z.object({ id: idSchema }), noteSchema),
  'notes.create': call(noteDraftSchema, noteSchema),
  /** `conflict` unless `revision` is the present one. The version before is kept. */
  'notes.save': call(noteDraftSchema.extend({ id: idSchema, revision: z.number().int() }), noteSchema),
  /** Takes it out of view; `notes.restore` brings it back within 30 days. */
  'notes.delete': call(z.object({ id: idSchema }), done),
  'notes.restore': call(z.object({ id: idSchema }), noteSchema),
} as const;

export const notesSubscriptions = {
  /** Notes that hold every word of the query, or all, also removed ones; newest first. */
  'notes.watch': subscription(
    z.object({ query: z.string().max(noteLimits.queryChars) }),
    z.object({ notes: z.array(noteSummarySchema) }),
  ),
} as const;
