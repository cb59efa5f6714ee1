import { z } from 'zod';

/** Files whose text stands inside of a wrapping. */
export const documentKinds = ['pdf', 'docx', 'odt'] as const;
export type DocumentKind = (typeof documentKinds)[number];

/**
 * Why a document has no text to be read. `locked`: it wants a password. `no-text`: it is empty or a scan.
 * `damaged`: it is not what its name says, or broken. `too-long`: it goes beyond what is read of one document.
 */
export const documentTroubles = ['locked', 'no-text', 'damaged', 'too-long'] as const;
export type DocumentTrouble = (typeof documentTroubles)[number];

/** A document has no text to be read. */
export class DocumentFailure extends Error {
  readonly trouble: DocumentTrouble;

  constructor(trouble: DocumentTrouble, options?: ErrorOptions) {
    super(`the document is ${trouble}`, options);
    this.trouble = trouble;
  }
}

/** How much of one document is read; what goes beyond is left out as a whole. */
export const documentLimits = {
  pages: 3_000,
  /** UTF-16 units of its text. */
  chars: 5_000_000,
  ms: 120_000,
  /** What the process may grow by meanwhile, bytes. */
  memory: 1024 * 1024 * 1024,
} as const;

export const documentTextSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    lines: z.array(z.string()),
    /** Number of the first line of each page, counted from 1; empty where the document has no pages of its own. */
    pages: z.array(z.number().int().positive()),
  }),
  z.object({ kind: z.literal('trouble'), trouble: z.enum(documentTroubles) }),
]);
/** What was read of a document. */
export type DocumentText = z.infer<typeof documentTextSchema>;

/** What the reader of documents is asked. */
export const documentOrderSchema = z.object({ kind: z.enum(documentKinds), bytes: z.instanceof(Uint8Array) });
export type DocumentOrder = z.infer<typeof documentOrderSchema>;
