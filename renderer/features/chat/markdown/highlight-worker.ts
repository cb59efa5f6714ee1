import { createCodePlugin } from '@streamdown/code';
import { codeTheme } from './code-theme.ts';
import type { HighlightAnswer, HighlightedLine, HighlightQuestion } from './highlight-messages.ts';

const plugin = createCodePlugin({ themes: [codeTheme, codeTheme] });

type Result = NonNullable<ReturnType<typeof plugin.highlight>>;

const linesOf = (result: Result): readonly HighlightedLine[] =>
  result.tokens.map((line) =>
    line.map(({ content, color, htmlStyle }) => [content, color ?? htmlStyle?.color ?? null]),
  );

self.addEventListener('message', ({ data }: MessageEvent<HighlightQuestion>) => {
  const answer = (lines: readonly HighlightedLine[] | null) => {
    self.postMessage({ id: data.id, lines } satisfies HighlightAnswer);
  };
  const language = data.language as Parameters<typeof plugin.supportsLanguage>[0];
  if (!plugin.supportsLanguage(language)) {
    answer(null);
    return;
  }
  const known = plugin.highlight({ code: data.code, language, themes: [codeTheme, codeTheme] }, (result) =>
    answer(linesOf(result)),
  );
  if (known) answer(linesOf(known));
});
