import fs from 'node:fs';
import path from 'node:path';
import { parseSync } from 'vite';

/** A source file of the page. */
export interface PageSource {
  /** Relative to the folder that was read. */
  readonly file: string;
  readonly text: string;
}

/** A key that the page asks for; `*` and the pattern stand for what is known at run time alone. */
export interface UsedKey {
  readonly file: string;
  readonly key: string;
  readonly pattern: RegExp;
}

/** An ESTree node, as far as this file looks at it. */
interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

/** All TypeScript files below `folder`, but for the catalogues themselves. */
export function sourcesOf(folder: string): readonly PageSource[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !file.startsWith(path.join('messages', 'en')))
    .map((file) => ({ file, text: fs.readFileSync(path.join(folder, file), 'utf8') }));
}

function* nodesOf(value: unknown): Generator<Node> {
  if (Array.isArray(value)) for (const item of value) yield* nodesOf(item);
  if (!isNode(value)) return;
  yield value;
  for (const field of Object.values(value)) if (typeof field === 'object') yield* nodesOf(field);
}

function nodesOfFile({ file, text }: PageSource): readonly Node[] {
  const parsed = parseSync(file, text);
  if (parsed.errors.length > 0) throw new Error(`${file}: ${parsed.errors[0]?.message}`);
  return [...nodesOf(parsed.program)];
}

/** Strings that an expression can be: literals, templates, both sides of a choice. */
function* stringsOf(value: unknown): Generator<string> {
  if (!isNode(value)) return;
  if (value.type === 'Literal' && typeof value.value === 'string') yield value.value;
  if (value.type === 'TemplateLiteral') yield templateOf(value);
  if (value.type === 'ConditionalExpression') {
    yield* stringsOf(value.consequent);
    yield* stringsOf(value.alternate);
  }
  if (value.type === 'TSAsExpression') yield* stringsOf(value.expression);
}

function templateOf(node: Node): string {
  const quasis = node.quasis as readonly { readonly value: { readonly cooked: string } }[];
  return quasis.map((quasi) => quasi.value.cooked).join('*');
}

const isTranslate = (callee: unknown): boolean => {
  if (!isNode(callee)) return false;
  if (callee.type === 'Identifier') return callee.name === 't';
  if (callee.type === 'MemberExpression') return isNode(callee.property) && callee.property.name === 't';
  // `(t as unknown as Loose)(…)`
  return (
    (callee.type === 'TSAsExpression' || callee.type === 'ParenthesizedExpression') && isTranslate(callee.expression)
  );
};

function keyStrings(node: Node): readonly string[] {
  if (node.type === 'CallExpression' && isTranslate(node.callee)) {
    return [...stringsOf((node.arguments as readonly unknown[])[0])];
  }
  const isKeyAttribute = node.type === 'JSXAttribute' && isNode(node.name) && node.name.name === 'i18nKey';
  return isKeyAttribute ? [...stringsOf(node.value)] : [];
}

const usedKey = (file: string, key: string): UsedKey => {
  const pieces = key.split('*').map((piece) => piece.replace(/[.\\+^$|()[\]{}?]/g, '\\$&'));
  return { file, key, pattern: new RegExp(`^${pieces.join('.+')}$`) };
};

/** The keys that a file asks for. */
export function usedKeys(source: PageSource): readonly UsedKey[] {
  return nodesOfFile(source)
    .flatMap(keyStrings)
    .map((key) => usedKey(source.file, key));
}

/** Every string of a file that begins with an area of the catalogue: keys that are kept as data and asked for later. */
export function mentionedKeys(source: PageSource, areas: readonly string[]): readonly UsedKey[] {
  return nodesOfFile(source)
    .filter((node) => node.type === 'Literal' || node.type === 'TemplateLiteral')
    .flatMap((node) => [...stringsOf(node)])
    .filter((text) => areas.some((area) => text.startsWith(`${area}.`)))
    .map((key) => usedKey(source.file, key));
}

/** Attributes whose value a person reads or hears. */
const spokenAttributes = new Set([
  'title',
  'alt',
  'placeholder',
  'aria-label',
  'label',
  'hint',
  'legend',
  'description',
]);
const hasWords = (text: string): boolean => /\p{L}{2,}/u.test(text);
/** Not words of a language: addresses as examples, and names that are the same in all. */
const isName = (text: string): boolean => /^[a-z]+:\/\/\S+$/.test(text) || names.has(text);
const names = new Set(['Nunba', 'Esc']);

/** Words that stand in elements, or in attributes that are read out, without having gone through the catalogue. */
export function untranslatedTexts(source: PageSource): readonly string[] {
  return nodesOfFile(source)
    .flatMap((node) => {
      if (node.type === 'JSXText') return [String(node.value)];
      if (node.type === 'JSXElement' || node.type === 'JSXFragment') return childStrings(node);
      const isSpoken =
        node.type === 'JSXAttribute' && isNode(node.name) && spokenAttributes.has(String(node.name.name));
      return isSpoken ? [...stringsOf(unwrapped(node.value))] : [];
    })
    .map((text) => text.replace(/&\w+;/g, ' ').trim())
    .filter((text) => hasWords(text) && !isName(text));
}

const unwrapped = (value: unknown): unknown =>
  isNode(value) && value.type === 'JSXExpressionContainer' ? value.expression : value;

const childStrings = (node: Node): readonly string[] =>
  (node.children as readonly unknown[])
    .filter((child) => isNode(child) && child.type === 'JSXExpressionContainer')
    .flatMap((child) => [...stringsOf(unwrapped(child))]);
