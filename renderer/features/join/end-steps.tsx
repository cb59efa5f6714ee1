import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ownTime } from '../../own-time.ts';
import { useScreen } from '../../screen.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import type { CancelCall } from './cancel-call.ts';
import { hiveName } from './hive-name.ts';
import type { Application, Membership } from './join-stage.ts';
import { ObstacleText } from './obstacle-text.tsx';
import { Sheet } from './sheet.tsx';
import { type JoinProgress, StepList } from './step-list.tsx';

interface FailedStepProps {
  readonly application: Application;
  readonly progress: JoinProgress | null;
  readonly onTryAgain: () => void;
  readonly cancel: CancelCall;
  /** What went wrong with what was pasted or dropped. */
  readonly problem: ReactNode;
}

/** It was not joined, and is not tried again by itself. */
export function FailedStep({ application, progress, onTryAgain, cancel, problem }: FailedStepProps) {
  const { t } = useTranslation();
  return (
    <Sheet
      title={t('join.failedTitle', { hive: hiveName(t, application.hiveName) })}
      subtitle={<RelativeTime at={application.since} />}
      actions={
        <>
          <Button isBusy={cancel.isRunning} onClick={cancel.run}>
            {t('join.cancelJoin')}
          </Button>
          <Button variant="primary" onClick={onTryAgain}>
            {t('join.tryAgain')}
          </Button>
        </>
      }
    >
      {progress ? (
        <StepList steps={progress.steps} tier={application.tier} application={application} endsAt={null} />
      ) : (
        application.obstacle && (
          <Banner tone="bad" className="mt-4">
            <ObstacleText application={application} />
          </Banner>
        )
      )}
      {application.obstacle === null && <p className="mt-3 text-pretty text-ink-2">{t('join.failedUnknown')}</p>}
      {problem}
    </Sheet>
  );
}

interface MemberStepProps {
  readonly membership: Membership;
  /** Of this membership's join, if it was in this run. */
  readonly progress: JoinProgress | null;
}

/** The node is in a hive: what changed, and where to go on. */
export function MemberStep({ membership, progress }: MemberStepProps) {
  const { t } = useTranslation();
  const show = useScreen((state) => state.show);
  const hasGoal = useScreen((state) => state.joinGoal !== null);
  const showJoin = useScreen((state) => state.showJoin);
  const { tier } = membership;
  return (
    <Sheet
      title={t('join.doneTitle', { hive: hiveName(t, membership.hiveName) })}
      subtitle={
        <>
          {t('join.memberSince')} <RelativeTime at={ownTime(membership.joinedAt, membership)} />
        </>
      }
      actions={
        <>
          <Button onClick={() => show({ kind: 'chat', conversationId: null })}>{t('join.backToChat')}</Button>
          <Button variant="primary" onClick={() => show({ kind: 'trust' })}>
            {t('join.seeWho')}
          </Button>
        </>
      }
    >
      {hasGoal && (
        <Banner tone="warn" className="mt-4" onDismiss={() => showJoin(null)}>
          {t('join.invitation')}
        </Banner>
      )}
      <p className="mt-4 text-pretty">{t('join.done')}</p>
      {progress && tier !== 'central' && (
        <StepList
          steps={progress.steps}
          tier={tier}
          application={null}
          endsAt={ownTime(membership.expiresAt, membership)}
        />
      )}
    </Sheet>
  );
}
