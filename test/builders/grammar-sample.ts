/** Arguments of a tool, as a model writes them whose grammar lets it leave out nothing, and as they are meant. */
export interface GrammarSample {
  readonly written: Readonly<Record<string, unknown>>;
  readonly meant: Readonly<Record<string, unknown>>;
}

type Schema = Readonly<Record<string, unknown>>;

/**
 * Arguments that fit a JSON Schema (draft 7), as far as the tools of the tests need it. Throws for what it does not know.
 *
 * @param isFull with all that may be left out; else with nothing of it
 */
export function grammarSample(schema: unknown, isFull: boolean): GrammarSample {
  const { properties, required } = asSchema(schema);
  const needed = new Set(Array.isArray(required) ? required : []);
  const [written, meant]: [Record<string, unknown>, Record<string, unknown>] = [{}, {}];
  for (const [name, property] of Object.entries(asSchema(properties ?? {}))) {
    const isGiven = isFull || needed.has(name);
    const [asWritten, asMeant] = isGiven ? sampleOf(asSchema(property), isFull) : [null, undefined];
    written[name] = asWritten;
    if (isGiven) meant[name] = asMeant;
  }
  return { written, meant };
}

/** As it is written, and as it is meant. */
function sampleOf(schema: Schema, isFull: boolean): readonly [unknown, unknown] {
  const same = (value: unknown) => [value, value] as const;
  if ('const' in schema) return same(schema.const);
  if (Array.isArray(schema.enum)) return same(schema.enum[0]);
  if (Array.isArray(schema.anyOf)) return sampleOf(asSchema(schema.anyOf[0]), isFull);
  switch (schema.type) {
    case 'string':
      if (schema.format === 'uri') return same('data:text/plain,hello');
      return same('ü'.repeat(Math.max(2, Number(schema.minLength ?? 0))));
    case 'integer':
    case 'number':
      return same(Math.max(1, Number(schema.minimum ?? 1)));
    case 'boolean':
      return same(true);
    case 'array': {
      const items = Array.from({ length: 2 }, () => sampleOf(asSchema(schema.items), isFull));
      return [items.map(([written]) => written), items.map(([, meant]) => meant)];
    }
    case 'object': {
      const { written, meant } = grammarSample(schema, isFull);
      return [written, meant];
    }
    default:
      throw new Error(`no sample of ${JSON.stringify(schema)}`);
  }
}

function asSchema(value: unknown): Schema {
  if (typeof value !== 'object' || value === null) throw new Error(`no schema: ${JSON.stringify(value)}`);
  return { ...value };
}
