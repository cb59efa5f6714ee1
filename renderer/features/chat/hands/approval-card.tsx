import { Hand } from 'lucide-react';
import { useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeedView } from '../../../../node-core/api/hands-views.ts';
import { DeedDetails } from '../../../hands/deed-details.tsx';
import { deedHeadline } from '../../../hands/deed-headline.ts';
import { ApprovalButtons } from './approval-buttons.tsx';
import { useNewQuestion } from './use-new-question.ts';

interface ApprovalCardProps {
  readonly callId: string;
  readonly toolName: string;
  readonly deed: DeedView;
  /** Since when it waits, ms since the epoch. */
  readonly askedAt: number;
  /** Who asks. */
  readonly agent: string;
}

/** Asks the person whether exactly this may be done. Nothing is done before they answer. */
export function ApprovalCard({ callId, toolName, deed, askedAt, agent }: ApprovalCardProps) {
  const { t } = useTranslation();
  const id = useId();
  const card = useRef<HTMLElement>(null);
  const headline = deedHeadline(t, deed);
  const spoken = useNewQuestion(card, askedAt, t('hands.spokenQuestion', { agent, headline }));
  return (
    <section
      ref={card}
      tabIndex={-1}
      data-question
      aria-labelledby={`${id}-title`}
      aria-describedby={`${id}-waits`}
      className="animate-appear rounded-card border-2 border-accent bg-surface px-3.5 py-3 shadow-near"
    >
      <div className="flex items-start gap-2.5">
        <span
          aria-hidden="true"
          className="mt-0.5 grid size-6 flex-none place-items-center rounded-full bg-accent-soft"
        >
          <Hand className="text-accent" />
        </span>
        <div className="min-w-0 flex-1">
          <h3 id={`${id}-title`} className="text-pretty font-semibold [overflow-wrap:anywhere]">
            {headline}
          </h3>
          <p id={`${id}-waits`} className="text-ink-2 text-small">
            {t('hands.waits', { agent })}
          </p>
        </div>
      </div>
      <div className="mt-2.5 min-w-0">
        <DeedDetails deed={deed} isAsked />
      </div>
      <ApprovalButtons callId={callId} toolName={toolName} deed={deed} agent={agent} />
      <div aria-live="polite" aria-atomic="true" className="sr-only">
        {spoken}
      </div>
    </section>
  );
}
