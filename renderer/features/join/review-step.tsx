import type { TFunction } from 'i18next';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../node-core/api/failures.ts';
import type { JoinReview } from '../../../node-core/api/trust-views.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { FourWords } from './four-words.tsx';
import { hiveName, hostOf } from './hive-name.ts';
import { JoiningFacts } from './joining-facts.tsx';
import { Sheet } from './sheet.tsx';

interface ReviewStepProps {
  readonly link: string;
  readonly nodeName: string;
  readonly onJoin: () => void;
  readonly onCancel: () => void;
  readonly isBusy: boolean;
  /** Why joining could not begin. */
  readonly failure: Failure | null;
}

/** What a link says and what joining by it means. Nothing is sent before Join is pressed. */
export function ReviewStep({ link, nodeName, onJoin, onCancel, isBusy, failure }: ReviewStepProps) {
  const { t } = useTranslation();
  const { run: askReview, failure: reviewFailure } = useCall('trust.review');
  const [review, setReview] = useState<JoinReview | null>(null);
  useEffect(() => {
    let isNewest = true;
    void askReview({ link }).then((outcome) => outcome.isOk && isNewest && setReview(outcome.value));
    return () => {
      isNewest = false;
    };
  }, [askReview, link]);
  const cancel = <Button onClick={onCancel}>{t('ui.cancel')}</Button>;
  if (!review) {
    return (
      <Sheet title={t('join.title')} actions={cancel}>
        <div className="mt-4">
          {reviewFailure ? <FailureNote failure={reviewFailure} /> : <Spinner label={t('join.reviewing')} />}
        </div>
      </Sheet>
    );
  }
  return (
    <Sheet
      key={link}
      title={t('join.reviewTitle', { hive: hiveName(t, review.hiveName) })}
      subtitle={t('join.reviewBy')}
      actions={
        <>
          {cancel}
          <Button variant="primary" isBusy={isBusy} onClick={onJoin}>
            {t('join.join')}
          </Button>
        </>
      }
    >
      <div className="mt-4">
        <ReviewFacts review={review} />
      </div>
      <JoiningFacts nodeName={nodeName} />
      <FailureNote failure={failure} className="mt-4" />
    </Sheet>
  );
}

function ReviewFacts({ review }: { readonly review: JoinReview }) {
  const { t } = useTranslation();
  const isRegional = review.tier === 'regional';
  return (
    <Facts>
      <Fact name={t('join.factHive')}>
        {review.hiveName === null ? t('join.calledNothing') : t('join.nameClaimed', { name: review.hiveName })}
      </Fact>
      <Fact name={t(isRegional ? 'join.factCentral' : 'join.factRegional')}>
        <span dir="ltr">{hostOf(review.at)}</span>
        <span className="block text-ink-2 text-small">{vouching(t, review)}</span>
      </Fact>
      <Fact name={t('join.factAnchor')}>
        <FourWords words={review.anchorWords} label={t('join.factAnchor')} />
        <span className="mt-1.5 block text-pretty text-ink-2 text-small">{t('join.compareLead')}</span>
        <WholeKey anchor={review.anchor} />
      </Fact>
      <Fact name={t('join.factTier')}>{t(isRegional ? 'join.asRegional' : 'join.asLocal')}</Fact>
      <Fact name={t('join.factInvite')}>{t(review.hasInvite ? 'join.withInvite' : 'join.noInvite')}</Fact>
    </Facts>
  );
}

function WholeKey({ anchor }: { readonly anchor: string }) {
  const { t } = useTranslation();
  return (
    <details className="mt-1 text-small">
      <summary className="text-ink-2">{t('join.showCode')}</summary>
      <span className="mt-1 flex items-start gap-2">
        <code dir="ltr" className="min-w-0 break-all font-mono">
          {anchor}
        </code>
        <CopyButton text={anchor} label={t('join.copyCode')} size="sm" variant="quiet" isIcon />
      </span>
    </details>
  );
}

function vouching(t: TFunction, { at, tls }: JoinReview): string {
  if (at.startsWith('http:')) return t('join.vouchNone');
  return t(tls === null ? 'join.vouchSystem' : 'join.vouchLink');
}
