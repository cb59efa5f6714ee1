import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { joinStepSentence } from '../../../node-core/api/join-step-sentences.ts';
import type { JoinStepName, TrustView } from '../../../node-core/api/trust-views.ts';
import type { MemberTier } from '../../../node-core/protocol/trust/certificate.ts';
import { formatDuration } from '../../messages/numbers.ts';
import { sentenceText } from '../../messages/sentence-text.ts';
import { shortTime } from '../../messages/time.ts';
import { type Status, StatusGlyph } from '../../ui/status-glyph.tsx';
import type { Application } from './join-stage.ts';
import { ObstacleText } from './obstacle-text.tsx';

export type JoinProgress = NonNullable<TrustView['join']>;
type Step = JoinProgress['steps'][number];

const glyphs: Readonly<Record<Step['state'], Status>> = { waiting: 'none', running: 'busy', done: 'ok', failed: 'bad' };

interface StepListProps {
  readonly steps: readonly Step[];
  readonly tier: MemberTier;
  /** What stands still is told at the step where it does. */
  readonly application: Application | null;
  /** When the certificate that was received ends. */
  readonly endsAt: number | null;
  /** A last line of another kind. */
  readonly children?: ReactNode;
}

/** What joining goes through, each with its time; changes are read out when there is quiet. */
export function StepList({ steps, tier, application, endsAt, children }: StepListProps) {
  const { t } = useTranslation();
  const hindered = steps.find(({ state }) => state === 'failed') ?? steps.find(({ state }) => state === 'running');
  return (
    <>
      <ol aria-label={t('join.steps')} aria-live="polite" className="mt-3 divide-y divide-line">
        {steps.map((step) => (
          <StepRow key={step.name} step={step} tier={tier} endsAt={endsAt}>
            {step === hindered && application && <ObstacleText application={application} />}
          </StepRow>
        ))}
        {children}
      </ol>
      {!hindered && application && (
        <div className="mt-2">
          <ObstacleText application={application} />
        </div>
      )}
    </>
  );
}

interface StepRowProps extends Pick<StepListProps, 'tier' | 'endsAt'> {
  readonly step: Step;
  readonly children: ReactNode;
}

function StepRow({ step, tier, endsAt, children }: StepRowProps) {
  const { t, i18n } = useTranslation();
  const { name, state, tookMs } = step;
  const until = name === 'certificate-received' && state === 'done' && endsAt !== null;
  return (
    <StepLine
      glyph={glyphs[state]}
      isQuiet={state === 'waiting'}
      title={useStepName(name, tier)}
      state={t(`join.stepState.${state}`)}
      detail={until ? t('join.until', { date: shortTime(endsAt, i18n.language) }) : null}
      time={tookMs !== null && formatDuration(t, i18n.language, tookMs)}
    >
      {children}
    </StepLine>
  );
}

interface StepLineProps {
  readonly glyph: Status;
  readonly title: string;
  /** The glyph in words, for screen readers. */
  readonly state: string;
  readonly isQuiet?: boolean;
  readonly detail?: string | null;
  readonly time: ReactNode;
  readonly children?: ReactNode;
}

/** One line of a step list. */
export function StepLine({ glyph, title, state, isQuiet = false, detail = null, time, children }: StepLineProps) {
  return (
    <li className="grid grid-cols-[18px_minmax(0,1fr)_auto] items-start gap-x-3.5 py-3">
      <StatusGlyph status={glyph} className="mt-0.5" />
      <div className="min-w-0">
        <p className={isQuiet ? 'text-ink-2' : 'font-semibold'}>
          {title}
          <span className="sr-only">: {state}</span>
          {detail !== null && <span className="font-normal text-ink-2"> {detail}</span>}
        </p>
        {children}
      </div>
      <span className="pt-px text-ink-3 text-tiny tabular-nums leading-5">{time}</span>
    </li>
  );
}

function useStepName(name: JoinStepName, tier: MemberTier): string {
  const { t, i18n } = useTranslation();
  const issuer = t(tier === 'regional' ? 'join.issuerCentral' : 'join.issuerRegional');
  return sentenceText(t, i18n.language, joinStepSentence(name, issuer));
}
