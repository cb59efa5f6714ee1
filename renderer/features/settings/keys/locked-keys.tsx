import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type KeyStorageView, keyringName } from '../../../../node-core/api/key-views.ts';
import { useCall } from '../../../rpc/use-call.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Field, PasswordInput } from '../../../ui/field.tsx';
import { Card, Section } from '../../../ui/page.tsx';
import { useToasts } from '../../../ui/toast.tsx';
import { StartAnew } from './start-anew.tsx';

type Locked = Extract<KeyStorageView, { kind: 'locked' }>;

/** Keys that cannot be reached: why, and every way on. */
export function LockedKeys({ storage }: { storage: Locked }) {
  const { t } = useTranslation();
  return (
    <>
      <Section title={t('keys.kept')} hint={t('keys.keptHint')}>
        <Reason storage={storage} />
      </Section>
      {storage.hasRecovery && <Unlock />}
      <StartAnew count={storage.sealedCount} />
    </>
  );
}

function Reason({ storage }: { storage: Locked }) {
  const { t } = useTranslation();
  const retry = useCall('keys.retry');
  const recorded = keyringName(storage.recordedBackend) ?? t('keys.someKeyring');
  const present = keyringName(storage.presentBackend) ?? t('keys.someKeyring');
  return (
    <>
      <Banner
        tone="warn"
        action={
          <Button size="sm" isBusy={retry.isRunning} onClick={() => retry.run({})}>
            {t('keys.tryAgain')}
          </Button>
        }
      >
        <p className="font-medium">{t('keys.locked')}</p>
        <p>{t(`keys.reason.${storage.reason}`, { recorded, present })}</p>
        {storage.hasRecovery && storage.recordedBackend !== null && <p>{t('keys.orPassphrase')}</p>}
      </Banner>
      <FailureNote failure={retry.failure} onDismiss={retry.clear} className="mt-3" />
    </>
  );
}

function Unlock() {
  const { t } = useTranslation();
  const toasts = useToasts();
  const unlock = useCall('keys.unlock');
  const [passphrase, setPassphrase] = useState('');
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (passphrase === '') return;
    const outcome = await unlock.run({ passphrase });
    if (outcome.isOk) toasts.show({ text: t('keys.opened'), status: 'ok' });
  };
  return (
    <Section title={t('keys.unlockSection')}>
      <Card>
        <form onSubmit={submit} className="flex max-w-96 flex-col gap-3.5">
          <Field label={t('keys.passphrase')}>
            <PasswordInput value={passphrase} onChange={(event) => setPassphrase(event.target.value)} />
          </Field>
          <Button type="submit" variant="primary" isBusy={unlock.isRunning} className="self-start">
            {t('keys.unlock')}
          </Button>
        </form>
        <FailureNote failure={unlock.failure} onDismiss={unlock.clear} className="mt-3" />
      </Card>
    </Section>
  );
}
