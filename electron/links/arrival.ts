import path from 'node:path';
import { z } from 'zod';
import { linkFileExtension } from './link-file.ts';

/** More than any link may have, so that what was cut is still refused as too long; characters. */
const mostAddressCharacters = 4_096;

/** Something that the system or another start handed over to be opened. */
export const arrivalSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('link'), address: z.string().max(mostAddressCharacters) }),
  /** Absolute path of a link file. */
  z.object({ kind: z.literal('file'), path: z.string().min(1).max(mostAddressCharacters) }),
]);
export type Arrival = z.infer<typeof arrivalSchema>;

/** What a second start tells the first one. */
const handoverSchema = z.object({ version: z.literal(1), arrival: arrivalSchema.nullable() });

export const handoverOf = (arrival: Arrival | null): z.infer<typeof handoverSchema> => ({ version: 1, arrival });

/** Reads what another start told; whatever is not ours opens nothing. */
export function readHandover(data: unknown): Arrival | null {
  const parsed = handoverSchema.safeParse(data);
  return parsed.success ? parsed.data.arrival : null;
}

/** Switches of Nunba's own whose value stands behind them. */
const withValue = new Set(['--data', '--port', '--host', '--tier', '--identity']);

/**
 * What a start opens of its command line: every argument that is a link or the name of a link file.
 * @param args without the program's own name
 * @param folder what a relative name is relative to
 */
export function arrivalsOf(args: readonly string[], folder: string): readonly Arrival[] {
  return args.flatMap((_, place) => arrivalAt(args, place, folder) ?? []);
}

/** A command line without what it opens. */
export function withoutArrivals(args: readonly string[], folder: string): readonly string[] {
  return args.filter((_, place) => arrivalAt(args, place, folder) === null);
}

/**
 * What a later start hands over: the first argument that is a link or the name of a link file; everything else on it is
 * not ours. Switches are never looked into.
 * @param args without the program's own name
 * @param folder what a relative name is relative to
 */
export function arrivalOf(args: readonly string[], folder: string): Arrival | null {
  return arrivalsOf(args, folder)[0] ?? null;
}

function arrivalAt(args: readonly string[], place: number, folder: string): Arrival | null {
  const text = args[place] ?? '';
  if (text.startsWith('-') || withValue.has(args[place - 1] ?? '')) return null;
  return isLink(text) ? linkArrival(text) : fileArrival(text, folder);
}

/** An address as the system handed it over. */
export const linkArrival = (address: string): Arrival => ({
  kind: 'link',
  address: address.slice(0, mostAddressCharacters),
});

/** A file's name as the system handed it over, or `null` if it is not that of a link file on this computer. */
export function fileArrival(name: string, folder: string): Arrival | null {
  if (!name.toLowerCase().endsWith(linkFileExtension)) return null;
  // Asking for a file of another computer would sign in there.
  if (/^[\\/]{2}/.test(name) || name.includes('\0')) return null;
  const file = path.resolve(folder, name);
  return file.length <= mostAddressCharacters ? { kind: 'file', path: file } : null;
}

/** Our scheme in any spelling: what is wrong with it is said rather than passed over. */
const isLink = (text: string): boolean => /^\s*nunba:/i.test(text);
