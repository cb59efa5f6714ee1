import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../node-core/api/failures.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { useHold } from '../../use-hold.ts';
import type { AddressOrder } from './address-order.ts';
import { hostOf } from './hive-name.ts';
import { JoiningFacts } from './joining-facts.tsx';
import { Sheet } from './sheet.tsx';
import { SheetFact, SheetFacts } from './sheet-facts.tsx';

interface ReviewAddressStepProps {
  readonly order: AddressOrder;
  readonly nodeName: string;
  readonly onJoin: () => void;
  readonly onBack: () => void;
  readonly isBusy: boolean;
  readonly failure: Failure | null;
}

/** What joining by an address and its words means: with the words given, the node compares them and asks nobody. */
export function ReviewAddressStep({ order, nodeName, onJoin, onBack, isBusy, failure }: ReviewAddressStepProps) {
  const { t } = useTranslation();
  useHold();
  const isRegional = order.tier === 'regional';
  const host = hostOf(order.address);
  return (
    <Sheet
      title={t('join.reviewTitleAddress', { host })}
      subtitle={t('join.reviewByAddress')}
      actions={
        <>
          <Button onClick={onBack}>{t('join.reviewBack')}</Button>
          <Button variant="primary" isBusy={isBusy} onClick={onJoin}>
            {t('join.join')}
          </Button>
        </>
      }
    >
      <SheetFacts>
        <SheetFact name={t(isRegional ? 'join.factCentral' : 'join.factRegional')}>
          <span dir="ltr">{host}</span>
        </SheetFact>
        <SheetFact name={t('join.factAnchor')}>
          <span className="font-semibold" translate="no">
            {order.words}
          </span>
          <span className="mt-1.5 block text-pretty text-ink-2 text-small">{t('join.addressReview')}</span>
        </SheetFact>
        <SheetFact name={t('join.factTier')}>{t(isRegional ? 'join.asRegional' : 'join.asLocal')}</SheetFact>
        <SheetFact name={t('join.factInvite')}>{t('join.noInvite')}</SheetFact>
      </SheetFacts>
      <JoiningFacts nodeName={nodeName} />
      <FailureNote failure={failure} className="mt-4" />
    </Sheet>
  );
}
