import { z } from 'zod';

/** Texts of which one fits every text field of the contract. */
const texts: readonly string[] = [
  'A text.',
  '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  'nunba',
  'one/llama',
  'nunba-2026-06-01.db',
  'a'.repeat(64),
  'a'.repeat(16),
  'a'.repeat(32),
  'a'.repeat(128),
  '2026-06-01T12:00:00+00:00',
  'aGVsbG8=',
  '1.2.3',
  '08:00',
];

/** A value that the schema accepts: the first option of unions, one element in lists, everything optional present. */
export function sampleOf(schema: z.ZodType): unknown {
  const sample = shapeOf(schema);
  const parsed = schema.safeParse(sample);
  if (parsed.success) return sample;
  throw new Error(`no sample for ${JSON.stringify(sample)}: ${parsed.error.message}`);
}

/** All options of the unions directly in the schema, or the one sample where there is none. */
export function samplesOf(schema: z.ZodType): readonly unknown[] {
  if (schema instanceof z.ZodLazy) return samplesOf(schema.unwrap() as z.ZodType);
  return schema instanceof z.ZodUnion || schema instanceof z.ZodDiscriminatedUnion
    ? schema.options.map((option) => sampleOf(option as z.ZodType))
    : [sampleOf(schema)];
}

function shapeOf(schema: z.ZodType): unknown {
  if (schema instanceof z.ZodObject) {
    const entries = Object.entries(schema.shape as Readonly<Record<string, z.ZodType>>);
    return Object.fromEntries(entries.map(([name, field]) => [name, sampleOf(field)]));
  }
  if (schema instanceof z.ZodLazy) return sampleOf(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodReadonly) return sampleOf(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodArray) return listOf(schema);
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return sampleOf(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodUnion || schema instanceof z.ZodDiscriminatedUnion) {
    return sampleOf(schema.options[0] as z.ZodType);
  }
  return [...texts, 1, 3_600, 1024 ** 3, true, null, {}, ...literalsOf(schema)].find(
    (value) => schema.safeParse(value).success,
  );
}

/** One element, or as many as the schema wants. */
function listOf(schema: z.ZodArray): readonly unknown[] {
  const element = sampleOf(schema.element as z.ZodType);
  const lists = Array.from({ length: 8 }, (_, index) => Array.from({ length: index + 1 }, () => element));
  return lists.find((list) => schema.safeParse(list).success) ?? [element];
}

function literalsOf(schema: z.ZodType): readonly unknown[] {
  if (schema instanceof z.ZodEnum) return schema.options;
  return schema instanceof z.ZodLiteral ? [...schema.values] : [];
}
