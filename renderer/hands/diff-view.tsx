import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { classes } from '../ui/classes.ts';
import { type DiffLine, diffLines } from './diff-lines.ts';
import { ExactText } from './exact-text.tsx';

/** Lines that are shown before the person asks for all. */
const firstLines = 40;

const looks: Readonly<Record<DiffLine['kind'], { readonly sign: string; readonly look: string }>> = {
  added: { sign: '+', look: 'bg-ok-soft text-ok' },
  removed: { sign: '−', look: 'bg-bad-soft text-bad' },
  same: { sign: ' ', look: 'text-ink-2' },
  place: { sign: ' ', look: 'bg-sunken text-ink-3' },
  note: { sign: ' ', look: 'text-ink-3 italic' },
};

interface DiffViewProps {
  readonly diff: string;
  /** The file, for those who hear it. */
  readonly name: string;
}

/** What changes in a file, line by line: told by sign and by colour. */
export function DiffView({ diff, name }: DiffViewProps) {
  const { t } = useTranslation();
  const [isWhole, setWhole] = useState(false);
  const lines = diffLines(diff);
  const shown = isWhole ? lines : lines.slice(0, firstLines);
  return (
    <figure className="m-0">
      <section
        aria-label={t('hands.diffOf', { name })}
        dir="ltr"
        className="overflow-hidden rounded-control border border-line bg-code py-1"
      >
        <pre className="font-mono text-small leading-[1.55]">
          {shown.map((line, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its number
            <Line key={place} line={line} />
          ))}
        </pre>
      </section>
      {shown.length < lines.length && (
        <Button size="sm" variant="quiet" className="mt-1" onClick={() => setWhole(true)}>
          {t('hands.showAllLines', { count: lines.length })}
        </Button>
      )}
    </figure>
  );
}

/** A long line is broken: what stands at its end is to be seen before anything is allowed. */
function Line({ line }: { readonly line: DiffLine }) {
  const { sign, look } = looks[line.kind];
  if (line.kind === 'place') return <Place text={line.text} look={look} />;
  return (
    <span className={classes('flex pe-3', look)}>
      <span className="w-6 flex-none select-none text-center">{sign}</span>
      <span className="min-w-0 flex-1 whitespace-pre-wrap [overflow-wrap:anywhere]">
        <ExactText text={line.text} />
      </span>
    </span>
  );
}

/** Says from which line on the next ones stand; nothing at the beginning of a file. */
function Place({ text, look }: { readonly text: string; readonly look: string }) {
  const { t } = useTranslation();
  const line = Number(/\+(\d+)/.exec(text)?.[1] ?? 0);
  if (line <= 1) return null;
  return <span className={classes('block ps-6 pe-3 font-sans text-tiny', look)}>{t('hands.diffPlace', { line })}</span>;
}
