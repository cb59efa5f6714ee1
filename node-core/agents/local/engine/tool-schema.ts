/**
 * The arguments of a tool as the engine's grammar takes them. The grammar knows fewer words than JSON Schema and lets a
 * model leave out nothing, so a property that need not be there may be `null`; `withoutNulls` takes those out again.
 */

type Schema = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const asObject = (value: unknown): Schema => (isObject(value) ? value : {});

const deepest = 12;

/** `null`: the tool takes no arguments. What the grammar has no word for becomes a text. Pure. */
export function grammarSchema(schema: unknown): object | null {
  const root = asObject(schema);
  if (Object.keys(asObject(root.properties)).length === 0) return null;
  return convert(root, { ...asObject(root.definitions), ...asObject(root.$defs) }, 0);
}

function convert(schema: Schema, definitions: Schema, depth: number): object {
  const described = typeof schema.description === 'string' ? { description: schema.description } : {};
  if (depth > deepest) return { type: 'string', ...described };
  const next = (inner: unknown): object => convert(asObject(inner), definitions, depth + 1);
  if (typeof schema.$ref === 'string') return { ...next(definitions[lastName(schema.$ref)]), ...described };
  if ('const' in schema) return { const: schema.const, ...described };
  if (Array.isArray(schema.enum)) return { enum: schema.enum, ...described };
  const choices = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(choices)) return { oneOf: choices.map(next), ...described };
  if (schema.type === 'object' || 'properties' in schema) return { ...convertObject(schema, next), ...described };
  if (schema.type === 'array') return { type: 'array', items: next(schema.items), ...described };
  return { type: plainType(schema.type), ...described };
}

function convertObject(schema: Schema, next: (inner: unknown) => object): object {
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const properties = Object.entries(asObject(schema.properties)).map(([name, inner]) => {
    const value = next(inner);
    return [name, required.has(name) ? value : { oneOf: [value, { type: 'null' }] }];
  });
  const isOpen = properties.length === 0 && schema.additionalProperties !== false;
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(isOpen ? { additionalProperties: true } : {}),
  };
}

const lastName = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);

const plainTypes = ['string', 'number', 'integer', 'boolean', 'null'];

const plainType = (type: unknown): string | readonly string[] => {
  if (typeof type === 'string' && plainTypes.includes(type)) return type;
  const several = Array.isArray(type) ? type.filter((each) => plainTypes.includes(each)) : [];
  return several.length > 0 ? several : 'string';
};

/** Arguments as the tool expects them: properties that are `null` only because the grammar wanted them are gone. Pure. */
export function withoutNulls(input: unknown, schema: unknown): unknown {
  if (!isObject(input)) return input ?? {};
  const { properties, required } = asObject(schema);
  const needed = new Set(Array.isArray(required) ? required : []);
  return Object.fromEntries(
    Object.entries(input)
      .filter(([name, value]) => value !== null || needed.has(name))
      .map(([name, value]) => [name, isObject(value) ? withoutNulls(value, asObject(properties)[name]) : value]),
  );
}
