import type { ThemeInput } from '@streamdown/code';

const rule = (scope: readonly string[], foreground: string) => ({ scope: [...scope], settings: { foreground } });

/** Colours of code by the names that the page's style sheet gives them, so that both themes need one pass. */
export const codeTheme: Exclude<ThemeInput, string> = {
  name: 'nunba',
  type: 'light',
  fg: 'var(--ink)',
  bg: 'var(--code)',
  settings: [
    { settings: { foreground: 'var(--ink)', background: 'var(--code)' } },
    rule(['comment', 'punctuation.definition.comment', 'string.comment'], 'var(--code-comment)'),
    rule(['string', 'punctuation.definition.string', 'markup.inline.raw', 'markup.inserted'], 'var(--code-string)'),
    rule(
      ['constant', 'constant.numeric', 'constant.language', 'variable.language', 'support.constant'],
      'var(--code-number)',
    ),
    rule(
      ['keyword', 'storage', 'storage.type', 'storage.modifier', 'keyword.control', 'markup.bold'],
      'var(--code-keyword)',
    ),
    rule(
      ['entity.name.function', 'support.function', 'markup.heading', 'meta.function-call.generic'],
      'var(--code-function)',
    ),
    rule(
      ['entity.name.type', 'entity.name.class', 'support.type', 'support.class', 'entity.name.tag'],
      'var(--code-type)',
    ),
    rule(['entity.other.attribute-name', 'variable.parameter', 'markup.changed'], 'var(--code-number)'),
    rule(['invalid', 'markup.deleted'], 'var(--bad)'),
  ],
};
