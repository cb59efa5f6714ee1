import { ImageUp } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../node-core/api/failures.ts';
import { isApple } from '../../shortcuts.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { AddressForm } from './address-form.tsx';
import type { AddressOrder } from './address-order.ts';
import { Fold } from './fold.tsx';
import { LinkForm } from './link-form.tsx';
import { Sheet } from './sheet.tsx';

interface EnterStepProps {
  /** An address that was entered before. */
  readonly order: AddressOrder | null;
  readonly onLink: (link: string) => void;
  readonly onPicture: (picture: Blob) => void;
  readonly onAddress: (order: AddressOrder) => void;
  readonly onCancel: () => void;
  /** What went wrong with what was pasted, dropped or chosen, or that it is read. */
  readonly problem: ReactNode;
  /** The join by an address is being begun. */
  readonly isBusy: boolean;
  /** Why it could not be. */
  readonly failure: Failure | null;
}

/** By what to join: a link, a picture of one, or an address alone. */
export function EnterStep(props: EnterStepProps) {
  const { order, onLink, onPicture, onAddress, onCancel, problem, isBusy, failure } = props;
  const { t } = useTranslation();
  const keys = isApple(navigator.platform) ? '⌘V' : 'Ctrl+V';
  return (
    <Sheet title={t('join.enterTitle')} subtitle={t('join.enterLead')}>
      <LinkForm onLink={onLink} className="mt-5" />
      <div className="mt-4 flex flex-wrap items-center gap-x-3 gap-y-2">
        <PictureButton onPicture={onPicture} />
        <p className="min-w-0 flex-1 basis-56 text-pretty text-ink-2 text-small">{t('join.pasteHint', { keys })}</p>
      </div>
      {problem}
      <Fold title={t('join.addressTitle')} isOpenFirst={order !== null} className="mt-5 border-line border-t pt-4">
        <AddressForm initial={order} onAddress={onAddress} isBusy={isBusy} />
        <FailureNote failure={failure} className="mt-3" />
      </Fold>
      <div className="mt-5 flex justify-end">
        <Button onClick={onCancel}>{t('ui.cancel')}</Button>
      </div>
    </Sheet>
  );
}

function PictureButton({ onPicture }: Pick<EnterStepProps, 'onPicture'>) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button icon={<ImageUp />} onClick={() => input.current?.click()}>
        {t('join.choosePicture')}
      </Button>
      <input
        ref={input}
        type="file"
        accept="image/*"
        aria-label={t('join.choosePicture')}
        hidden
        onChange={(event) => {
          const picture = event.target.files?.[0];
          // The same file can be chosen again.
          event.target.value = '';
          if (picture) onPicture(picture);
        }}
      />
    </>
  );
}
