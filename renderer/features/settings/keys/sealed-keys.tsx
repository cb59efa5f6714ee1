import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type KeyStorageView, keyringName } from '../../../../node-core/api/key-views.ts';
import { useCall } from '../../../rpc/use-call.ts';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Card, Section } from '../../../ui/page.tsx';
import { StatusGlyph } from '../../../ui/status-glyph.tsx';
import { useToasts } from '../../../ui/toast.tsx';
import { NewPassphraseForm } from './new-passphrase-form.tsx';

type Sealed = Extract<KeyStorageView, { kind: 'sealed' }>;

/** Sealed keys that are open: by what, and what else could open them. */
export function SealedKeys({ storage }: { storage: Sealed }) {
  const { t } = useTranslation();
  const keyring = keyringName(storage.presentBackend) ?? t('keys.someKeyring');
  return (
    <>
      <Section title={t('keys.kept')} hint={t('keys.keptHint')}>
        <Card className="flex items-start gap-2.5">
          <StatusGlyph status="ok" className="mt-0.5" />
          <p>{storage.openedBy === 'keyring' ? t('keys.sealedKeyring', { keyring }) : t('keys.sealedPassphrase')}</p>
        </Card>
        {storage.leftPlain > 0 && (
          <Banner tone="warn" className="mt-3">
            {t('keys.leftPlain', { count: storage.leftPlain })}
          </Banner>
        )}
        {storage.canSealHere && <SealHere keyring={keyring} />}
      </Section>
      <Recovery hasRecovery={storage.hasRecovery} />
    </>
  );
}

function SealHere({ keyring }: { keyring: string }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const seal = useCall('keys.sealHere');
  const run = async () => {
    const outcome = await seal.run({});
    if (outcome.isOk) toasts.show({ text: t('keys.sealedHere', { keyring }), status: 'ok' });
  };
  return (
    <>
      <Banner
        className="mt-3"
        action={
          <Button size="sm" isBusy={seal.isRunning} onClick={run}>
            {t('keys.sealHere', { keyring })}
          </Button>
        }
      >
        {t('keys.sealHereOffer', { keyring })}
      </Banner>
      <FailureNote failure={seal.failure} onDismiss={seal.clear} className="mt-3" />
    </>
  );
}

function Recovery({ hasRecovery }: { hasRecovery: boolean }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const save = useCall('keys.saveRecovery');
  const [isChanging, setChanging] = useState(false);
  const run = async (passphrase: string) => {
    const outcome = await save.run({ passphrase });
    if (!outcome.isOk) return;
    setChanging(false);
    toasts.show({ text: t('keys.recoverySaved'), status: 'ok' });
  };
  const form = <NewPassphraseForm label={t('keys.saveRecovery')} isBusy={save.isRunning} onSubmit={run} />;
  return (
    <Section title={t('keys.recovery')} hint={hasRecovery ? t('keys.hasRecovery') : t('keys.recoveryHint')}>
      <Card>
        {hasRecovery && !isChanging ? (
          <Button onClick={() => setChanging(true)}>{t('keys.changeRecovery')}</Button>
        ) : (
          form
        )}
        <FailureNote failure={save.failure} onDismiss={save.clear} className="mt-3" />
      </Card>
    </Section>
  );
}
