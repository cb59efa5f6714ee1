import { ChevronRight, Wrench } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { DeedDetails } from '../../../hands/deed-details.tsx';
import { deedHeadline } from '../../../hands/deed-headline.ts';
import { exactName } from '../../../hands/exact-pieces.ts';
import { lastName } from '../../../hands/path-names.ts';
import { toolTitle } from '../../../hands/tool-title.ts';
import { ValueView } from '../../../hands/value-view.tsx';
import { AllowedLine } from './allowed-line.tsx';
import { OutsideNote } from './outside-note.tsx';
import type { Tool } from './tool.ts';
import { ToolState } from './tool-state.tsx';

interface ToolPartProps {
  readonly part: Tool;
  readonly isTurnRunning: boolean;
}

/** A tool that the agent used: which, with what, what it did, how that was allowed, and what came of it. */
export function ToolPart({ part, isTurnRunning }: ToolPartProps) {
  const { t } = useTranslation();
  const title = part.deed ? deedHeadline(t, part.deed) : toolTitle(t, part.toolName);
  return (
    <div className="rounded-card border border-line bg-surface">
      <details className="group/fold">
        <summary className="flex list-none items-center gap-2.5 rounded-card px-3.5 py-2">
          <Wrench aria-hidden="true" className="text-ink-2" />
          <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
            <span className="font-medium">{title}</span>{' '}
            <span className="text-ink-2 text-small">{part.deed === null && subjectOf(part)}</span>
          </span>
          <ToolState part={part} isTurnRunning={isTurnRunning} />
          <ChevronRight
            aria-hidden="true"
            className="text-ink-3 transition-transform group-open/fold:rotate-90 rtl:-scale-x-100 rtl:group-open/fold:-rotate-90"
          />
        </summary>
        <div className="grid gap-3 border-line border-t px-3.5 py-3">
          {part.deed && <DeedDetails deed={part.deed} isAsked={false} />}
          <Labelled label={t('hands.tool')}>
            <span dir="ltr" className="font-mono text-tiny">
              {exactName(part.toolName)}
            </span>
          </Labelled>
          <Arguments part={part} />
          <ToolResult part={part} />
        </div>
      </details>
      <AllowedLine part={part} />
    </div>
  );
}

/** What the tool was asked with; folded where the deed says it already, in words that people use. */
function Arguments({ part }: { readonly part: Tool }) {
  const { t } = useTranslation();
  const view = <ValueView value={part.arguments} label={t('hands.askedWith')} />;
  if (part.deed === null) return <Labelled label={t('hands.askedWith')}>{view}</Labelled>;
  if (part.deed.kind !== 'change-files') return null;
  return (
    <details>
      <summary className="w-fit rounded-control text-ink-2 text-small hover:text-ink">
        {t('hands.askedExactly')}
      </summary>
      <div className="mt-1.5">{view}</div>
    </details>
  );
}

function ToolResult({ part: { outcome, deed, toolName } }: { readonly part: Tool }) {
  const { t } = useTranslation();
  if (outcome === null || outcome.kind === 'stopped') return null;
  return (
    <Labelled label={t('hands.result')}>
      {outcome.kind === 'done' && <OutsideNote deed={deed} toolName={toolName} />}
      <ValueView value={outcome.kind === 'done' ? outcome.value : outcome.message} label={t('hands.result')} />
    </Labelled>
  );
}

function Labelled({ label, children }: { readonly label: string; readonly children: React.ReactNode }) {
  return (
    <div className="grid min-w-0 gap-0.5">
      <p className="font-semibold text-ink-3 text-tiny">{label}</p>
      {children}
    </div>
  );
}

const nameSchema = z.object({ name: z.string().min(1).max(200) });
const pathSchema = z.object({ path: z.string().min(1).max(4096) });
const querySchema = z.object({ query: z.string().min(1).max(200) });

/** What the tool was used on, in a few words: the file or folder that it read, or what it looked for. */
function subjectOf(part: Tool): string {
  const file = part.outcome?.kind === 'done' ? nameSchema.safeParse(part.outcome.value) : null;
  if (file?.success) return exactName(file.data.name);
  const place = pathSchema.safeParse(part.arguments);
  if (place.success) return exactName(lastName(place.data.path));
  const query = querySchema.safeParse(part.arguments);
  return query.success ? `“${exactName(query.data.query)}”` : '';
}
