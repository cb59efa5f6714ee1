import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrustView } from '../../../node-core/api/trust-views.ts';
import { useShellView } from '../../rpc/shell-provider.tsx';
import { useScreen } from '../../screen.tsx';
import { Banner } from '../../ui/banner.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { BringZone } from './bring-zone.tsx';
import { ChooseStep } from './choose-step.tsx';
import { CompareStep } from './compare-step.tsx';
import { FailedStep, MemberStep } from './end-steps.tsx';
import { EnterStep } from './enter-step.tsx';
import type { JoinStage } from './join-stage.ts';
import { ApplyingStep, PendingStep } from './progress-steps.tsx';
import { ReviewAddressStep } from './review-address-step.tsx';
import { ReviewStep } from './review-step.tsx';
import { Sheet } from './sheet.tsx';
import type { ReadPicture } from './use-brought.ts';
import { type Joining, useJoining } from './use-joining.ts';

interface WizardProps {
  readonly trust: TrustView;
  readonly readPicture: ReadPicture;
}

/** The steps of joining; each is one sheet. */
export function Wizard({ trust, readPicture }: WizardProps) {
  const joining = useJoining(trust);
  const { stage, cancel } = joining;
  return (
    <div className="flex h-full flex-col">
      <FailureNote failure={cancel.failure} className="m-3" />
      <AnotherWaits stage={stage} />
      <div className="min-h-0 flex-1">
        {stage.kind === 'choose' || stage.kind === 'enter' || stage.kind === 'failed' ? (
          <BringZone onLink={joining.review} readPicture={readPicture}>
            {(problem, takePicture) => (
              <FirstStep trust={trust} joining={joining} problem={problem} takePicture={takePicture} />
            )}
          </BringZone>
        ) : (
          <LaterStep trust={trust} joining={joining} />
        )}
      </div>
    </div>
  );
}

/** A link that was opened while another is shown must not change that under the person's hand. */
function AnotherWaits({ stage }: { readonly stage: JoinStage }) {
  const { t } = useTranslation();
  const isInShell = (useShellView()?.linkedJoin ?? null) !== null;
  const isHere = useScreen((state) => state.joinGoal !== null);
  const isUnderWay = stage.kind === 'compare' || stage.kind === 'applying' || stage.kind === 'pending';
  const isWaiting =
    ((stage.kind === 'review' || stage.kind === 'address') && isInShell) || (isUnderWay && (isHere || isInShell));
  return (
    isWaiting && (
      <Banner tone="warn" className="m-3">
        {t('join.another')}
      </Banner>
    )
  );
}

interface StepProps {
  readonly trust: TrustView;
  readonly joining: Joining;
}

interface FirstStepProps extends StepProps {
  readonly problem: ReactNode;
  readonly takePicture: (picture: Blob) => void;
}

/** The steps at which a link can be brought. */
function FirstStep({ trust, joining, problem, takePicture }: FirstStepProps) {
  const { stage } = joining;
  if (stage.kind === 'failed') {
    return (
      <FailedStep
        application={stage.application}
        progress={trust.join}
        onTryAgain={joining.enter}
        cancel={joining.cancel}
        problem={problem}
      />
    );
  }
  if (stage.kind !== 'enter') {
    const { review, enter } = joining;
    return <ChooseStep ended={trust.membership} onLink={review} onEnter={enter} problem={problem} />;
  }
  return (
    <EnterStep
      order={stage.order}
      onLink={joining.review}
      onPicture={takePicture}
      onAddress={joining.address}
      onCancel={joining.choose}
      problem={problem}
      isBusy={joining.isBusy}
      failure={joining.failure}
    />
  );
}

/** The steps at which it is decided or under way. */
function LaterStep({ trust, joining }: StepProps) {
  const { t } = useTranslation();
  const { stage, cancel, isBusy, failure } = joining;
  const { nodeName, ownWords, join: progress } = trust;
  switch (stage.kind) {
    case 'review':
      return (
        <ReviewStep
          key={stage.goal.id}
          link={stage.goal.link}
          onJoin={() => joining.joinByLink(stage.goal.link)}
          onCancel={joining.choose}
          {...{ nodeName, isBusy, failure }}
        />
      );
    case 'address':
      return (
        <ReviewAddressStep
          order={stage.order}
          onJoin={() => joining.joinByAddress(stage.order)}
          onBack={() => joining.backTo(stage.order)}
          {...{ nodeName, isBusy, failure }}
        />
      );
    case 'starting':
      return (
        <Sheet title={t('join.title')}>
          <div className="mt-4">
            <Spinner label={t('join.starting')} />
          </div>
        </Sheet>
      );
    case 'compare':
      return <CompareStep application={stage.application} nodeName={nodeName} cancel={cancel} />;
    case 'applying':
      return <ApplyingStep application={stage.application} progress={progress} cancel={cancel} />;
    case 'pending':
      return <PendingStep application={stage.application} progress={progress} cancel={cancel} ownWords={ownWords} />;
    case 'member':
      return <MemberStep membership={stage.membership} progress={progress} />;
    case 'choose':
    case 'enter':
    case 'failed':
      return null;
  }
}
