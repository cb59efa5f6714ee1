import type { ToolInputSchema } from '../tools/tool.ts';

const maxDepth = 12;
const maxNodes = 2_000;
/** Longest schema, as JSON, in characters. */
export const maxSchemaChars = 30_000;
const maxTextChars = 1_000;

/** Keywords that describe data by structure alone; whatever else a schema holds is left out. */
const scalarKeywords = new Set([
  ...['type', 'title', 'description', 'default', 'const', 'enum', 'examples', 'required', '$ref', 'format', 'pattern'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minLength', 'maxLength'],
  ...['minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties'],
]);
const schemaKeywords = new Set([
  'items',
  'additionalProperties',
  'not',
  'contains',
  'propertyNames',
  'if',
  'then',
  'else',
]);
const listKeywords = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems', 'items']);
const mapKeywords = new Set(['properties', '$defs', 'definitions']);

type Plain = { readonly [keyword: string]: unknown };

/**
 * The part of a server's schema that is plain JSON Schema: known keywords, references only within itself, no more than
 * 12 levels and 2,000 nodes. `null`: it is not for an object, or goes beyond that. Pure.
 */
export function plainSchema(given: unknown): ToolInputSchema | null {
  const budget = { nodes: maxNodes };
  try {
    const schema = schemaOf(given, 0, budget);
    if (schema === true || schema === false || (schema.type !== undefined && schema.type !== 'object')) return null;
    const whole: ToolInputSchema = { ...schema, type: 'object' };
    return JSON.stringify(whole).length <= maxSchemaChars ? whole : null;
  } catch (error) {
    if (error instanceof TooMuch) return null;
    throw error;
  }
}

/**
 * The same without what could make checking slow: patterns, which a server could choose so that they take for ever, and
 * formats. The server checks these itself.
 */
export function checkableSchema(schema: ToolInputSchema): ToolInputSchema {
  const strip = (value: unknown, isMap: boolean): unknown => {
    if (Array.isArray(value)) return value.map((each) => strip(each, false));
    if (!isRecord(value)) return value;
    const kept = Object.entries(value).filter(([name]) => isMap || (name !== 'pattern' && name !== 'format'));
    return Object.fromEntries(
      kept.map(([name, each]) => [
        name,
        !isMap && (name === 'enum' || name === 'const' || name === 'default' || name === 'examples')
          ? each
          : strip(each, !isMap && mapKeywords.has(name)),
      ]),
    );
  };
  return { ...(strip(schema, false) as Plain), type: 'object' };
}

class TooMuch extends Error {}

interface Budget {
  nodes: number;
}

function schemaOf(given: unknown, depth: number, budget: Budget): Plain | boolean {
  spend(depth, budget);
  if (typeof given === 'boolean') return given;
  if (!isRecord(given)) throw new TooMuch();
  const entries = Object.entries(given).flatMap(([keyword, value]) => {
    const kept = keptOf(keyword, value, depth, budget);
    return kept === undefined ? [] : [[keyword, kept] as const];
  });
  return Object.fromEntries(entries);
}

/** `undefined`: left out. */
function keptOf(keyword: string, value: unknown, depth: number, budget: Budget): unknown {
  if (mapKeywords.has(keyword) && isRecord(value)) {
    const inner = Object.entries(value).map(([name, each]) => [name, schemaOf(each, depth + 1, budget)] as const);
    return Object.fromEntries(inner.filter(([name]) => name !== '__proto__'));
  }
  if (listKeywords.has(keyword) && Array.isArray(value)) return value.map((each) => schemaOf(each, depth + 1, budget));
  if (schemaKeywords.has(keyword)) return schemaOf(value, depth + 1, budget);
  if (!scalarKeywords.has(keyword)) return undefined;
  if (keyword === '$ref' && !(typeof value === 'string' && /^#(?:\/|$)/.test(value))) return undefined;
  if (keyword === 'required' && !(Array.isArray(value) && value.every((each) => typeof each === 'string')))
    return undefined;
  return plainValue(value, depth + 1, budget);
}

function plainValue(value: unknown, depth: number, budget: Budget): unknown {
  spend(depth, budget);
  if (typeof value === 'string') return value.slice(0, maxTextChars);
  if (Array.isArray(value)) return value.map((each) => plainValue(each, depth + 1, budget));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plainValue(each, depth + 1, budget)]));
}

function spend(depth: number, budget: Budget): void {
  budget.nodes -= 1;
  if (depth > maxDepth || budget.nodes < 0) throw new TooMuch();
}

const isRecord = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
