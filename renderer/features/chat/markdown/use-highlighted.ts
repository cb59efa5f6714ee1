import { useEffect, useState } from 'react';
import { useChat } from '../chat-provider.tsx';
import type { HighlightedLine } from './highlight-messages.ts';

/** Longer code stays uncoloured, characters. */
const longest = 60_000;

/** Code as coloured pieces per line, or `null` while (or where) it is shown as it is. */
export function useHighlighted(code: string, language: string, isGrowing: boolean): readonly HighlightedLine[] | null {
  const { highlighter } = useChat();
  const [done, setDone] = useState<{ readonly code: string; readonly lines: readonly HighlightedLine[] } | null>(null);
  const isWanted = !isGrowing && language !== '' && code !== '' && code.length <= longest;
  useEffect(() => {
    if (!isWanted) return;
    let isCurrent = true;
    highlighter.ask(code, language).then(
      (lines) => isCurrent && lines && setDone({ code, lines }),
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [highlighter, code, language, isWanted]);
  return isWanted && done?.code === code ? done.lines : null;
}
