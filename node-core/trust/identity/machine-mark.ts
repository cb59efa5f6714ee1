import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ThisMachine } from '../../platform/this-machine.ts';

const markSchema = z.object({
  version: z.literal(1),
  /** Hash of the computer's id; `null`: it had none. */
  machine: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
  /** What the computer called itself; for people alone. */
  madeOn: z.string().max(300),
});

/** What `machine.json` says of the computer that an identity is at home on. */
export type MachineMark = Readonly<z.infer<typeof markSchema>>;

/** The mark of a computer. Its id, which other programs use as well, stands in it only as a hash. */
export function markOf({ id, name }: ThisMachine): MachineMark {
  const machine = id === null ? null : createHash('sha256').update(`nunba:machine:v1\n${id}`).digest('hex');
  return { version: 1, machine, madeOn: name };
}

/** The text of `machine.json`. */
export const markText = (mark: MachineMark): string => `${JSON.stringify(mark)}\n`;

/** `null`: this is no mark. */
export function readMark(text: string): MachineMark | null {
  try {
    return markSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** Where neither says who it is nothing can be told; a new name alone is no move. */
export function isElsewhere(made: MachineMark, here: MachineMark): boolean {
  return made.machine !== null && here.machine !== null && made.machine !== here.machine;
}
