import { z } from 'zod';

const id = z.number().int().nonnegative();

/** How numbers are computed with and shown. */
export const formSchema = z.enum(['decimal', 'fraction']);

/** What the node asks its reckoner. */
export const reckonerOrderSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('calculate'), id, expression: z.string().max(500), form: formSchema }),
  /** A page of HTML, as it came; `url`: what its links are relative to. */
  z.object({ kind: z.literal('page'), id, html: z.string(), url: z.string() }),
]);
export type ReckonerOrder = z.infer<typeof reckonerOrderSchema>;

/** What the reckoner answers. */
export const reckonerReportSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('calculated'), id, result: z.string() }),
  z.object({ kind: z.literal('page'), id, title: z.string(), text: z.string() }),
  /** `reason`: a sentence for the model. */
  z.object({ kind: z.literal('refused'), id, reason: z.string() }),
  /** A bug. */
  z.object({ kind: z.literal('failed'), id }),
]);
export type ReckonerReport = z.infer<typeof reckonerReportSchema>;
