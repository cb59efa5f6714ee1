import type { z } from 'zod';
import { HttpRefusal } from './http-refusal.ts';

/** The body as the schema says, or a 400 that names the first field at fault. */
export function parseBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const parsed = schema.safeParse(body ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const param = issue?.path.map(String).join('.') || 'body';
  throw new HttpRefusal(400, `${param.slice(0, 200)}: ${issue?.message ?? 'not understood'}`, { param });
}
