import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JsonValue } from '../../node-core/protocol/json-value.ts';
import { Button } from '../ui/button.tsx';
import { ExactText } from './exact-text.tsx';

/** Characters and lines that are shown before the person asks for all. */
const first = { chars: 1_200, lines: 16 } as const;

interface ValueViewProps {
  readonly value: JsonValue;
  /** What it is, for those who hear it. */
  readonly label: string;
  /** Nothing is folded: it is to be decided about. */
  readonly isWhole?: boolean;
}

/** What a tool was given or gave: an object as names and values, everything else as its text. */
export function ValueView({ value, label, isWhole = false }: ValueViewProps) {
  const entries = entriesOf(value);
  if (!entries) return <ValueText text={textOf(value)} label={label} isWhole={isWhole} />;
  return (
    <dl aria-label={label} className="grid gap-1.5">
      {entries.map(([name, entry]) => (
        <div key={name} className="grid gap-x-3 gap-y-0.5 sm:grid-cols-[minmax(6rem,9rem)_minmax(0,1fr)]">
          <dt dir="ltr" className="font-mono text-ink-2 text-tiny leading-[1.9] [overflow-wrap:anywhere]">
            <ExactText text={name} />
          </dt>
          <dd className="m-0 min-w-0">
            <ValueText text={textOf(entry)} label={`${label}: ${name}`} isWhole={isWhole} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface ValueTextProps {
  readonly text: string;
  readonly label: string;
  readonly isWhole: boolean;
}

function ValueText({ text, label, isWhole }: ValueTextProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(isWhole);
  const short = shortened(text);
  const isCut = !isOpen && short.length < text.length;
  return (
    <figure aria-label={label} className="m-0 min-w-0">
      <pre
        dir="ltr"
        className="overflow-x-auto whitespace-pre-wrap rounded-control bg-code px-2.5 py-1 font-mono text-tiny [overflow-wrap:anywhere]"
      >
        <ExactText text={isCut ? `${short} …` : text} />
      </pre>
      {isCut && (
        <Button size="sm" variant="quiet" onClick={() => setOpen(true)}>
          {t('hands.showAllText', { count: text.length })}
        </Button>
      )}
    </figure>
  );
}

/** Names and values of an object that is not too large to be read that way. */
function entriesOf(value: JsonValue): readonly (readonly [string, JsonValue])[] | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const entries = Object.entries(value);
  return entries.length === 0 || entries.length > 30 ? null : entries;
}

const textOf = (value: JsonValue): string => (typeof value === 'string' ? value : JSON.stringify(value, null, 2));

const shortened = (text: string): string => text.slice(0, first.chars).split('\n').slice(0, first.lines).join('\n');
