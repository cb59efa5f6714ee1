import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../rpc/use-call.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Section } from '../../../ui/page.tsx';
import { useToasts } from '../../../ui/toast.tsx';
import { NewPassphraseForm } from './new-passphrase-form.tsx';

/** The way on when nothing opens the keys any more. Says what is lost, and asks, before anything is done. */
export function StartAnew({ count }: { count: number }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const anew = useCall('keys.startAnew');
  const [isOpen, setOpen] = useState(false);
  const begin = async (passphrase: string) => {
    const outcome = await anew.run({ passphrase });
    if (!outcome.isOk) return;
    setOpen(false);
    toasts.show({ text: t('keys.began'), status: 'ok' });
  };
  return (
    <Section
      title={t('keys.anewSection')}
      hint={t('keys.anewHint')}
      actions={<Button onClick={() => setOpen(true)}>{t('keys.anewOpen')}</Button>}
    >
      <Dialog
        isOpen={isOpen}
        onOpenChange={setOpen}
        title={t('keys.anewTitle')}
        description={t('keys.anewLost', { count })}
        size="sm"
        isForm
      >
        <NewPassphraseForm label={t('keys.anewConfirm')} isBusy={anew.isRunning} onSubmit={begin} />
        <FailureNote failure={anew.failure} onDismiss={anew.clear} className="mt-3" />
      </Dialog>
    </Section>
  );
}
