import { useTranslation } from 'react-i18next';
import type { TestReport } from '../../../node-core/api/model-views.ts';
import { formatDuration } from '../../messages/numbers.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { type Status, StatusGlyph } from '../../ui/status-glyph.tsx';
import { fixLabel, problemText } from './problem-text.ts';

type Step = TestReport['steps'][number];
type Fix = NonNullable<TestReport['fix']>;

const glyphs: Readonly<Record<Step['state'], Status>> = {
  passed: 'ok',
  failed: 'bad',
  'not-reached': 'none',
  'not-needed': 'none',
};

interface TestReportViewProps {
  report: TestReport;
  onFix: (fix: Fix) => void;
}

/** What a Test found, step by step, and what mends it. */
export function TestReportView({ report, onFix }: TestReportViewProps) {
  const { t } = useTranslation();
  const { problem, fix } = report;
  return (
    <div className="flex flex-col gap-3">
      {problem ? (
        <Banner
          tone="warn"
          action={
            fix && (
              <Button size="sm" onClick={() => onFix(fix)} className="max-w-full">
                {fixLabel(t, fix)}
              </Button>
            )
          }
        >
          {problemText(t, problem)}
        </Banner>
      ) : (
        <Banner tone="ok">{t('models.testPassed', { count: report.models.length })}</Banner>
      )}
      <ol aria-label={t('models.testSteps')} className="divide-y divide-line rounded-card border border-line px-3">
        {report.steps
          .filter((step) => step.state !== 'not-needed')
          .map((step) => (
            <StepLine key={step.step} step={step} />
          ))}
      </ol>
    </div>
  );
}

function StepLine({ step }: { step: Step }) {
  const { t, i18n } = useTranslation();
  const isReached = step.state === 'passed' || step.state === 'failed';
  return (
    <li className="flex items-center gap-3 py-1.5">
      <StatusGlyph status={glyphs[step.state]} />
      <span className={isReached ? 'flex-1' : 'flex-1 text-ink-3'}>
        {t(`models.step.${step.step}`)}
        {isReached && <span className="sr-only">: {t(`models.stepState.${step.state}`)}</span>}
      </span>
      <span className="text-ink-3 text-tiny tabular-nums">
        {isReached ? formatDuration(t, i18n.language, step.durationMs) : t('models.stepState.not-reached')}
      </span>
    </li>
  );
}
