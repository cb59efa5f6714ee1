/**
 * The arguments of a tool as the engine's grammar takes them. The grammar knows fewer words than JSON Schema and lets a
 * model leave out nothing, so a property that need not be there may be `null`; `withoutNulls` takes those out again.
 */

type Schema = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const asObject = (value: unknown): Schema => (isObject(value) ? value : {});

const deepest = 12;
/** How often a schema may stand within itself; deeper than that, anything will do. */
const mostWithinItself = 3;
/** Schemas that references may lead to in all; beyond that, anything will do: many that hold each other have no end. */
const mostConverted = 3_000;

/** Where the schemas are that others refer to, and which of them one is in. */
interface Scope {
  readonly definitions: Schema;
  readonly depth: number;
  readonly within: readonly string[];
  /** Shared by all of one tool. */
  readonly count: { converted: number };
}

const anything = { type: 'object', additionalProperties: true } as const;

/** `null`: the tool takes no arguments. What the grammar has no word for becomes a text. Pure. */
export function grammarSchema(schema: unknown): object | null {
  const root = merged(asObject(schema));
  if (Object.keys(asObject(root.properties)).length === 0) return null;
  return convertObject(root, { definitions: definitionsOf(root), depth: 0, within: [], count: { converted: 0 } });
}

const definitionsOf = (root: Schema): Schema => ({ ...asObject(root.definitions), ...asObject(root.$defs) });

/** With what it says of itself in `allOf`. */
function merged(schema: Schema): Schema {
  if (!Array.isArray(schema.allOf)) return schema;
  const parts = [schema, ...schema.allOf.map((part) => merged(asObject(part)))];
  const properties = Object.assign({}, ...parts.map((part) => asObject(part.properties)));
  const whole = Object.assign({}, ...parts.toReversed());
  const required = parts.flatMap((part) => listOf(part.required));
  return { ...whole, ...(Object.keys(properties).length > 0 ? { properties } : {}), required };
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function convert(given: Schema, scope: Scope): object {
  scope.count.converted += 1;
  const schema = merged(given);
  const described = typeof schema.description === 'string' ? { description: schema.description } : {};
  return { ...convertPlain(schema, scope), ...described };
}

function convertPlain(schema: Schema, scope: Scope): object {
  if (scope.depth > deepest) return { type: 'string' };
  const next = (inner: unknown): object => convert(asObject(inner), { ...scope, depth: scope.depth + 1 });
  if (typeof schema.$ref === 'string') return convertReference(schema.$ref, scope);
  if ('const' in schema) return isLiteral(schema.const) ? { const: schema.const } : anything;
  const literals = listOf(schema.enum).filter(isLiteral);
  if (literals.length > 0) return { enum: literals };
  // Beside properties, choices say which of these are needed together, for which the grammar has no word.
  if ('properties' in schema) return convertObject(schema, scope);
  const choices = listOf(schema.anyOf ?? schema.oneOf);
  if (choices.length > 0) return { oneOf: choices.map(next) };
  if (Array.isArray(schema.type)) return convertTypes(schema, schema.type, scope);
  if (schema.type === 'object') return convertObject(schema, scope);
  if (schema.type === 'array') return convertArray(schema, next);
  return { type: plainTypes.find((type) => type === schema.type) ?? 'string' };
}

function convertReference(reference: string, scope: Scope): object {
  const name = reference.slice(reference.lastIndexOf('/') + 1);
  const meant = asObject(scope.definitions[name]);
  const isPlain = plainTypes.some((type) => type === meant.type) || 'enum' in meant || 'const' in meant;
  const isFull = scope.count.converted >= mostConverted && !isPlain;
  if (isFull || scope.within.filter((each) => each === name).length >= mostWithinItself) return anything;
  return convert(meant, {
    ...scope,
    depth: scope.depth + 1,
    within: [...scope.within, name],
  });
}

function convertObject(schema: Schema, scope: Scope): object {
  const required = new Set(listOf(schema.required));
  const properties = Object.entries(asObject(schema.properties)).map(([name, inner]) => {
    const value = convert(asObject(inner), { ...scope, depth: scope.depth + 1 });
    return [name, required.has(name) ? value : { oneOf: [value, { type: 'null' }] }];
  });
  const isOpen = properties.length === 0 && schema.additionalProperties !== false;
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(isOpen ? { additionalProperties: true } : {}),
  };
}

function convertArray(schema: Schema, next: (inner: unknown) => object): object {
  const places = listOf(Array.isArray(schema.items) ? schema.items : schema.prefixItems);
  if (places.length === 0) return { type: 'array', items: next(schema.items) };
  return { type: 'array', prefixItems: places.map(next), minItems: places.length, maxItems: places.length };
}

function convertTypes(schema: Schema, types: readonly unknown[], scope: Scope): object {
  const plain = types.filter((type) => plainTypes.some((each) => each === type));
  const others = types.filter((type) => type === 'object' || type === 'array');
  if (others.length === 0) return { type: plain.length > 0 ? plain : 'string' };
  const inner = others.map((type) => convertPlain({ ...schema, type }, { ...scope, depth: scope.depth + 1 }));
  return { oneOf: [...inner, ...(plain.length > 0 ? [{ type: plain }] : [])] };
}

const plainTypes = ['string', 'number', 'integer', 'boolean', 'null'];

const isLiteral = (value: unknown): boolean => value === null || ['string', 'number', 'boolean'].includes(typeof value);

/** Arguments as the tool expects them: properties that are `null` only because the grammar wanted them are gone. Pure. */
export function withoutNulls(input: unknown, schema: unknown): unknown {
  const root = asObject(schema);
  return cleaned(input ?? {}, root, definitionsOf(root));
}

function cleaned(value: unknown, schema: Schema, definitions: Schema): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const own = matching(value, schema, definitions, 0);
  if (Array.isArray(value)) {
    const places = listOf(Array.isArray(own.items) ? own.items : own.prefixItems);
    return value.map((item, at) => cleaned(item, asObject(places[at] ?? own.items), definitions));
  }
  const [properties, needed] = [asObject(own.properties), new Set(listOf(own.required))];
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, inner]) => inner !== null || needed.has(name) || !(name in properties))
      .map(([name, inner]) => [name, cleaned(inner, asObject(properties[name]), definitions)]),
  );
}

/** The schema that a list or an object was written by: what is referred to, and of several choices the one that fits. */
function matching(value: object, given: Schema, definitions: Schema, depth: number): Schema {
  const schema = merged(given);
  if (depth > deepest) return schema;
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1);
    return matching(value, asObject(definitions[name]), definitions, depth + 1);
  }
  if ('properties' in schema) return schema;
  const choices = listOf(schema.anyOf ?? schema.oneOf).map((choice) =>
    matching(value, asObject(choice), definitions, depth + 1),
  );
  return choices.find((choice) => fits(value, choice)) ?? choices[0] ?? schema;
}

function fits(value: object, schema: Schema): boolean {
  if (Array.isArray(value)) return schema.type === 'array' || 'items' in schema;
  const properties = asObject(schema.properties);
  return Object.entries(value).every(([name, inner]) => {
    const property = asObject(properties[name]);
    return name in properties && (!('const' in property) || property.const === inner);
  });
}
