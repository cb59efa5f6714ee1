import { z } from 'zod';

/** Longer than every key and its sealed form. */
const text = z.string().max(64 * 1024);
const id = z.number().int().nonnegative();

/** What the node asks the shell's keyring; the number comes back with the answer. */
export const keyringAskSchema = z.object({
  kind: z.literal('keyring-ask'),
  id,
  question: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('state') }),
    z.object({ kind: z.literal('seal'), text }),
    z.object({ kind: z.literal('unseal'), text }),
  ]),
});
export type KeyringAsk = z.infer<typeof keyringAskSchema>;

/** `failed` says no more: what a keyring complains about may hold what it was to seal. */
export const keyringAnswerSchema = z.object({
  kind: z.literal('keyring-answer'),
  id,
  answer: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('state'), backend: z.string().max(60), isUsable: z.boolean() }),
    z.object({ kind: z.literal('text'), text }),
    z.object({ kind: z.literal('failed') }),
  ]),
});
export type KeyringAnswer = z.infer<typeof keyringAnswerSchema>;
