import { lazy, memo, Suspense } from 'react';

/** Loaded beside the first paint; until it is there an answer is readable as it came. */
const FormattedText = lazy(() => import('./formatted-text.tsx').then((module) => ({ default: module.FormattedText })));

/** Begins to load what formats answers, before the first one is shown. */
export function preloadMarkdown(): void {
  void import('./formatted-text.tsx');
}

interface MarkdownProps {
  readonly text: string;
  /** The text still grows. */
  readonly isWriting: boolean;
}

/** Markdown of an answer, whole or growing. */
export const Markdown = memo(function Markdown({ text, isWriting }: MarkdownProps) {
  return (
    <Suspense fallback={<div className="whitespace-pre-wrap [overflow-wrap:anywhere]">{text}</div>}>
      <FormattedText text={text} isWriting={isWriting} />
    </Suspense>
  );
});
