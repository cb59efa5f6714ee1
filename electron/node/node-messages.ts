import { z } from 'zod';

/** What the shell tells the node in its utility process. `attach` comes with the port of one page. */
export const toNodeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('attach') }),
  z.object({ kind: z.literal('stop') }),
]);
export type ToNode = z.infer<typeof toNodeSchema>;

const wentBackSchema = z.object({ failedVersion: z.string().max(60), previousVersion: z.string().max(60) });
export type WentBack = z.infer<typeof wentBackSchema>;

/** What the node tells the shell: once, when it has started or could not; then, every few seconds, that it is alive. */
export const fromNodeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('alive') }),
  z.object({
    kind: z.literal('failed'),
    /** Why, for the person. */
    sentence: z.string().max(2_000),
    /** The first start of an update failed, and the database is as it was before. */
    wentBack: wentBackSchema.nullable().default(null),
  }),
]);
export type FromNode = z.input<typeof fromNodeSchema>;
