import { useEffect, useRef } from 'react';

interface NumberedLinesProps {
  readonly lines: readonly string[];
  /** Number of the first line. */
  readonly from: number;
  /** Number of the line that is brought into view and marked. */
  readonly target: number | null;
}

/** Lines of a text with their numbers. */
export function NumberedLines({ lines, from, target }: NumberedLinesProps) {
  const place = useRef<HTMLLIElement>(null);
  useEffect(() => {
    // What it returns, a promise in new browsers, is no clean-up.
    place.current?.scrollIntoView({ block: 'center' });
  }, []);
  return (
    <ol start={from} dir="ltr" className="list-decimal overflow-x-auto ps-14 font-mono text-small marker:text-ink-3">
      {lines.map((content, index) => {
        const isTarget = from + index === target;
        return (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            key={index}
            ref={isTarget ? place : null}
            aria-current={isTarget ? 'location' : undefined}
            className={isTarget ? 'whitespace-pre-wrap bg-mark' : 'whitespace-pre-wrap'}
          >
            {content}
          </li>
        );
      })}
    </ol>
  );
}
