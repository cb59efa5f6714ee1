import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeSentences } from '../../../node-core/api/english.ts';
import { english } from '../../../renderer/messages/catalogue.ts';
import { mentionedKeys, sourcesOf, untranslatedTexts, usedKeys } from '../../builders/page-texts.ts';

const renderer = path.join(import.meta.dirname, '../../../renderer');
const sources = sourcesOf(renderer);

function leaves(node: object, prefix = ''): string[] {
  return Object.entries(node).flatMap(([name, value]) => {
    const key = prefix === '' ? name : `${prefix}.${name}`;
    return typeof value === 'string' ? [key] : leaves(value, key);
  });
}

const plural = /_(?:zero|one|two|few|many|other)$/;
const keys = leaves(english);
const names = new Set(keys.map((key) => key.replace(plural, '')));
const used = sources.flatMap((source) => usedKeys(source));
/** What the node says reaches the page by its key alone. */
const sayers = [...sources, ...sourcesOf(path.join(renderer, '../node-core/api'))];
const mentioned = sayers.flatMap((source) => mentionedKeys(source, Object.keys(english)));

describe('the English catalogue', () => {
  it('has every key that the page asks for', () => {
    const missing = used.filter(({ pattern }) => ![...names].some((name) => pattern.test(name)));
    expect(missing.map(({ file, key }) => `${file}: ${key}`)).toEqual([]);
  });

  it('has no key that the page does not ask for', () => {
    const unused = [...names].filter((name) => !mentioned.some(({ pattern }) => pattern.test(name)));
    expect(unused).toEqual([]);
  });

  it('has both forms of every plural', () => {
    const forms = keys.filter((key) => plural.test(key));
    const lonely = forms.filter((key) => {
      const name = key.replace(plural, '');
      return !forms.includes(`${name}_one`) || !forms.includes(`${name}_other`);
    });
    expect(lonely).toEqual([]);
  });

  it('has no empty text, no exclamation mark and no "Oops"', () => {
    const text = (key: string) =>
      String(key.split('.').reduce<unknown>((node, name) => (node as Record<string, unknown>)?.[name], english) ?? 'x');
    expect(keys.filter((key) => text(key).trim() === '' || /!|\boops\b/i.test(text(key)))).toEqual([]);
  });

  it('is kept in one file per area, named as the area', () => {
    const files = fs.readdirSync(path.join(renderer, 'messages/en')).map((file) => path.basename(file, '.ts'));
    expect([...files, ...Object.keys(nodeSentences)].sort()).toEqual(Object.keys(english).sort());
  });
});

describe('the page', () => {
  it('has no text of its own', () => {
    const literals = sources.flatMap((source) => untranslatedTexts(source).map((text) => `${source.file}: ${text}`));
    expect(literals).toEqual([]);
  });
});

describe('what finds the texts', () => {
  const source = (text: string) => ({ file: 'a.tsx', text });

  it('sees keys in every way of asking', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the source text that is looked at
    const found = usedKeys(source('t("a.b"); i18n.t(`c.${d}.e`); t(x ? "f.g" : \'h.i\'); <Trans i18nKey="j.k" />'));
    expect(found.map(({ key }) => key)).toEqual(['a.b', 'c.*.e', 'f.g', 'h.i', 'j.k']);
  });

  it('sees keys that are kept as data', () => {
    const found = mentionedKeys(source('const labels = { a: "chat.send", b: "chatter" };'), ['chat']);
    expect(found.map(({ key }) => key)).toEqual(['chat.send']);
  });

  it('sees words in elements and in attributes that are read out', () => {
    const found = untranslatedTexts(source('<p title="Hello there">Hi <b>{"you too"}</b> · {t("a.b")} 12</p>'));
    expect(found).toEqual(['Hello there', 'Hi', 'you too']);
  });
});
