import { useEffect, useRef, useState } from 'react';
import { finishedLength, spokenText } from './finished-sentences.ts';

/** How long a sentence stays where a screen reader would find it a second time, ms. */
const keptMs = 3_000;

interface SpokenAnswerProps {
  readonly text: string;
  readonly isWriting: boolean;
}

/**
 * Reads a growing answer out to screen readers, whole sentences at a time. An answer that was there already when it
 * came into view is not read out.
 */
export function SpokenAnswer({ text, isWriting }: SpokenAnswerProps) {
  const spoken = useRef(isWriting ? 0 : text.length);
  const [sentence, setSentence] = useState('');
  useEffect(() => {
    const end = finishedLength(text, !isWriting);
    if (end <= spoken.current) return;
    const fresh = spokenText(text.slice(spoken.current, end));
    spoken.current = end;
    if (fresh !== '') setSentence(fresh);
  }, [text, isWriting]);
  useEffect(() => {
    if (sentence === '') return;
    const timer = setTimeout(() => setSentence(''), keptMs);
    return () => clearTimeout(timer);
  }, [sentence]);
  return (
    <div aria-live="polite" aria-atomic="true" className="sr-only">
      {sentence}
    </div>
  );
}
