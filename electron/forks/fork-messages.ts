import { z } from 'zod';

const id = z.number().int().nonnegative();

/** What the node asks the shell about its children. The number is the node's name of the child. */
export const forkAskSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('fork'),
    id,
    program: z.enum(['engine', 'indexer', 'reckoner']),
    args: z.array(z.string().max(4_096)).max(64),
    environment: z.record(z.string().max(200), z.string().max(32_768)),
    /** `null`: as much as the system gives. */
    memoryMiB: z.number().int().positive().nullable(),
  }),
  z.object({ kind: z.literal('fork-kill'), id }),
]);
export type ForkAsk = z.infer<typeof forkAskSchema>;
export type ForkOrder = Extract<ForkAsk, { readonly kind: 'fork' }>;

/** What the shell tells the node about a child. `forked` comes with the port to it. */
export const forkNewsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('forked'), id, pid: z.number().int().positive() }),
  z.object({ kind: z.literal('fork-exit'), id, code: z.number().int().nullable() }),
]);
export type ForkNews = z.infer<typeof forkNewsSchema>;
