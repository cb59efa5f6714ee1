import { z } from 'zod';
import { agentIdSchema, idSchema } from './ids.ts';

/** Limits of notes; lengths in characters. */
export const noteLimits = { titleChars: 200, textChars: 50_000, notes: 500, versions: 20, queryChars: 200 } as const;

const title = z.string().trim().min(1).max(noteLimits.titleChars);
const text = z.string().max(noteLimits.textChars);
/** `null`: the person. */
const writtenBy = agentIdSchema.nullable();

/** A note as it stands in a list. */
export const noteSummarySchema = z.lazy(() =>
  z.object({
    id: idSchema,
    title,
    writtenBy,
    updatedAt: z.number(),
    /** The beginning of its text, in one line. */
    excerpt: z.string().max(200),
    /** Lines with a box, and how many of them are ticked. */
    boxCount: z.number().int().nonnegative(),
    doneCount: z.number().int().nonnegative(),
    /** `null`: it is there; else it was removed then, and is kept for 30 days. */
    deletedAt: z.number().nullable(),
  }),
);
export type NoteSummary = z.infer<typeof noteSummarySchema>;

/** A version of a note before the present one. */
export const noteVersionSchema = z.lazy(() =>
  z.object({
    revision: z.number().int(),
    title,
    text,
    writtenBy,
    at: z.number(),
  }),
);
export type NoteVersion = z.infer<typeof noteVersionSchema>;

/** A note with its text, Markdown. */
export const noteSchema = z.lazy(() =>
  z.object({
    id: idSchema,
    title,
    text,
    writtenBy,
    updatedAt: z.number(),
    /** Grows with each change. */
    revision: z.number().int(),
    /** Newest first, at most 20. */
    versions: z.array(noteVersionSchema).max(noteLimits.versions),
  }),
);
export type NoteView = z.infer<typeof noteSchema>;

/** What the person saves. */
export const noteDraftSchema = z.object({ title, text });
export type NoteDraft = z.infer<typeof noteDraftSchema>;
