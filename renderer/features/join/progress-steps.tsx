import { useTranslation } from 'react-i18next';
import type { TrustView } from '../../../node-core/api/trust-views.ts';
import { Button } from '../../ui/button.tsx';
import { FourWords } from '../../ui/four-words.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import type { CancelCall } from './cancel-call.ts';
import { hiveName } from './hive-name.ts';
import type { Application } from './join-stage.ts';
import { ObstacleText } from './obstacle-text.tsx';
import { Sheet } from './sheet.tsx';
import { type JoinProgress, StepLine, StepList } from './step-list.tsx';

interface UnderWayProps {
  readonly application: Application;
  /** `null`: it was begun by a process that has ended. */
  readonly progress: JoinProgress | null;
  readonly cancel: CancelCall;
}

/** The node joins: what it has done, and what it is at. */
export function ApplyingStep({ application, progress, cancel }: UnderWayProps) {
  const { t } = useTranslation();
  return (
    <Sheet
      title={t('join.joiningTitle', { hive: hiveName(t, application.hiveName) })}
      actions={
        <Button isBusy={cancel.isRunning} onClick={cancel.run}>
          {t('join.cancelJoin')}
        </Button>
      }
    >
      {progress ? (
        <StepList steps={progress.steps} tier={application.tier} application={application} endsAt={null} />
      ) : (
        <div className="mt-4 flex flex-col gap-1.5">
          <Spinner label={t('join.starting')} />
          <ObstacleText application={application} />
        </div>
      )}
    </Sheet>
  );
}

interface PendingStepProps extends UnderWayProps {
  readonly ownWords: TrustView['ownWords'];
}

/** A steward decides; that may take long, and nothing is wrong. */
export function PendingStep({ application, progress, cancel, ownWords }: PendingStepProps) {
  const { t } = useTranslation();
  const done = progress?.steps.filter(({ state }) => state === 'done') ?? [];
  return (
    <Sheet
      title={t('join.joiningTitle', { hive: hiveName(t, application.hiveName) })}
      actions={
        <Button isBusy={cancel.isRunning} onClick={cancel.run}>
          {t('join.cancelRequest')}
        </Button>
      }
    >
      <StepList steps={done} tier={application.tier} application={application} endsAt={null}>
        <StepLine
          glyph="busy"
          title={t('join.pendingTitle')}
          state={t('join.stepState.running')}
          time={
            <>
              <span className="sr-only">{t('join.pendingSince')} </span>
              <RelativeTime at={application.since} />
            </>
          }
        >
          <p className="text-pretty text-ink-2 text-small">{t('join.pendingClose')}</p>
        </StepLine>
      </StepList>
      <div className="mt-3 border-line border-t pt-4">
        <p className="mb-2 text-pretty">{t('join.ownWords')}</p>
        <FourWords isLarge words={ownWords} label={t('join.ownWords')} />
      </div>
    </Sheet>
  );
}
