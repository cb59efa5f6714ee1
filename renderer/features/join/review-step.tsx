import type { TFunction } from 'i18next';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../node-core/api/failures.ts';
import type { JoinReview } from '../../../node-core/api/trust-views.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FourWords } from '../../ui/four-words.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { Fold } from './fold.tsx';
import { hostOf } from './hive-name.ts';
import { JoiningFacts } from './joining-facts.tsx';
import { Sheet } from './sheet.tsx';
import { SheetFact, SheetFacts } from './sheet-facts.tsx';

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
      title={reviewTitle(t, review.hiveName)}
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
      <ReviewFacts review={review} />
      <JoiningFacts nodeName={nodeName} />
      <FailureNote failure={failure} className="mt-4" />
    </Sheet>
  );
}

function ReviewFacts({ review }: { readonly review: JoinReview }) {
  const { t } = useTranslation();
  const isRegional = review.tier === 'regional';
  return (
    <SheetFacts>
      <SheetFact name={t('join.factHive')}>
        {review.hiveName === null ? t('join.calledNothing') : t('join.nameClaimed', { name: review.hiveName })}
      </SheetFact>
      <SheetFact name={t(isRegional ? 'join.factCentral' : 'join.factRegional')}>
        <span dir="ltr">{hostOf(review.at)}</span>
        <span className="block text-ink-2 text-small">{vouching(t, review)}</span>
      </SheetFact>
      <SheetFact name={t('join.factAnchor')}>
        <FourWords isLarge words={review.anchorWords} label={t('join.factAnchor')} />
        <span className="mt-1.5 block text-pretty text-ink-2 text-small">{t('join.compareLead')}</span>
        <WholeKey anchor={review.anchor} />
      </SheetFact>
      <SheetFact name={t('join.factTier')}>{t(isRegional ? 'join.asRegional' : 'join.asLocal')}</SheetFact>
      <SheetFact name={t('join.factInvite')}>{t(review.hasInvite ? 'join.withInvite' : 'join.noInvite')}</SheetFact>
    </SheetFacts>
  );
}

function WholeKey({ anchor }: { readonly anchor: string }) {
  const { t } = useTranslation();
  return (
    <Fold title={t('join.showCode')} className="mt-1 text-ink-2 text-small">
      <span className="mt-1 flex items-start gap-2">
        <code dir="ltr" className="min-w-0 break-all font-mono">
          {anchor}
        </code>
        <CopyButton text={anchor} label={t('join.copyCode')} size="sm" variant="quiet" isIcon />
      </span>
    </Fold>
  );
}

const reviewTitle = (t: TFunction, hive: string | null): string =>
  hive === null ? t('join.reviewTitleNameless') : t('join.reviewTitle', { hive });

function vouching(t: TFunction, { at, tls }: JoinReview): string {
  if (at.startsWith('http:')) return t('join.vouchNone');
  return t(tls === null ? 'join.vouchSystem' : 'join.vouchLink');
}
