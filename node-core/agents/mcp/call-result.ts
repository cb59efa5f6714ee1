import type { JsonValue } from '../../protocol/json-value.ts';
import type { RawResult } from './connection.ts';

const maxDepth = 24;
const maxNodes = 20_000;
const maxTextChars = 200_000;
const maxParts = 100;

/** What a tool answered, fit for a model: texts as they are, everything else told in a few words. */
export interface ReadResult {
  readonly isError: boolean;
  readonly value: JsonValue;
}

/**
 * Reads the answer of a tool. Texts are joined; pictures, sounds and files are named with their kind and size and left
 * out; structured content is passed on where there is no text or it says more. Pure.
 */
export function readResult(raw: RawResult): ReadResult {
  const parts = raw.content.slice(0, maxParts).map(partText);
  if (raw.content.length > maxParts) parts.push(`[${raw.content.length - maxParts} more parts are left out]`);
  const text = parts.join('\n').slice(0, maxTextChars);
  const isError = raw.isError === true;
  if (raw.structuredContent === undefined) return { isError, value: text };
  const structured = plainJson(raw.structuredContent);
  return { isError, value: isSaidBy(text, structured) ? { structured } : { text, structured } };
}

/** Servers that structure their answers repeat them as text. */
const isSaidBy = (text: string, structured: JsonValue): boolean => {
  if (text.trim() === '') return true;
  try {
    return JSON.stringify(plainJson(JSON.parse(text))) === JSON.stringify(structured);
  } catch {
    return false;
  }
};

function partText(part: unknown): string {
  if (!isRecord(part)) return '[a part that cannot be read]';
  switch (part.type) {
    case 'text':
      return textOf(part.text);
    case 'image':
    case 'audio':
      return `[${part.type === 'image' ? 'picture' : 'sound'}, ${textOf(part.mimeType)}, ${sizeOf(part.data)}; not shown]`;
    case 'resource_link':
      return `[link to ${textOf(part.uri)}${named(part)}]`;
    case 'resource':
      return resourceText(part.resource);
    default:
      return '[a part of an unknown kind]';
  }
}

function resourceText(resource: unknown): string {
  if (!isRecord(resource)) return '[a resource that cannot be read]';
  const head = `[resource ${textOf(resource.uri)}`;
  if (typeof resource.text === 'string') return `${head}]\n${resource.text}`;
  return `${head}, ${textOf(resource.mimeType)}, ${sizeOf(resource.blob)}; not shown]`;
}

const named = (part: Readonly<Record<string, unknown>>): string =>
  typeof part.name === 'string' ? `: ${part.name.slice(0, 200)}` : '';
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '?');
/** Of base 64. */
const sizeOf = (value: unknown): string =>
  `${typeof value === 'string' ? Math.floor((value.length * 3) / 4) : 0} bytes`;

/** A copy that is nothing but JSON and not too deep; what goes beyond is marked as left out. */
export function plainJson(given: unknown): JsonValue {
  const budget = { nodes: maxNodes };
  const copy = (value: unknown, depth: number): JsonValue => {
    budget.nodes -= 1;
    if (depth > maxDepth || budget.nodes < 0) return '[left out]';
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number') return Number.isFinite(value) ? value : null;
    if (Array.isArray(value)) return value.slice(0, budget.nodes + 1).map((each) => copy(each, depth + 1));
    if (!isRecord(value)) return null;
    const entries = plainEntries(value).slice(0, budget.nodes + 1);
    return Object.fromEntries(entries.map(([name, each]) => [name, copy(each, depth + 1)]));
  };
  return copy(given, 0);
}

/** Without the one name that readers of JSON pass over, so that it would be sent and not be shown. */
export const plainEntries = (value: object): [name: string, value: unknown][] =>
  Object.entries(value).filter(([name]) => name !== '__proto__');

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
