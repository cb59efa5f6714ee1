import { Eye, EyeOff } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../rpc/use-call.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { CodeBlock } from '../../ui/code-block.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Card, Section } from '../../ui/page.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { curlExample, pythonExample } from './api-examples.ts';
import { useLoaded } from './use-loaded.ts';

/** Settings, API: how other programs on this computer ask the agents. */
export function ApiSection() {
  const { t } = useTranslation();
  const info = useLoaded('api.info');
  const [token, setToken] = useState<string | null>(null);
  if (info.failure) return <FailureNote failure={info.failure} className="mt-6" />;
  if (!info.value) return <Spinner label={t('settings.api.loading')} />;
  const { address, port, openAiAddress, obstacle } = info.value;
  if (address === null || openAiAddress === null) {
    if (obstacle) return <FailureNote failure={obstacle} className="mt-6" />;
    return <Banner className="mt-6">{t('settings.api.none')}</Banner>;
  }
  return (
    <>
      {obstacle?.kind === 'port-taken' && port !== null && (
        <Banner className="mt-6">
          {t(obstacle.heldBy === null ? 'settings.api.portTaken' : 'settings.api.portTakenBy', {
            asked: obstacle.port,
            holder: obstacle.heldBy ?? '',
            port,
          })}
        </Banner>
      )}
      <Section title={t('settings.api.title')} hint={t('settings.api.hint')}>
        <Card>
          <Facts>
            <AddressFact name={t('settings.api.address')} address={address} />
            <AddressFact name={t('settings.api.openAi')} address={openAiAddress} />
            {port !== null && <Fact name={t('settings.api.port')}>{port}</Fact>}
            <TokenFact token={token} onToken={setToken} />
          </Facts>
        </Card>
      </Section>
      <Section title={t('settings.api.examples')} hint={token === null ? t('settings.api.examplesHint') : undefined}>
        <div className="flex flex-col gap-3">
          <CodeBlock
            label={t('settings.api.curl')}
            copyLabel={t('settings.copy')}
            code={curlExample(openAiAddress, token)}
          />
          <CodeBlock
            label={t('settings.api.python')}
            copyLabel={t('settings.copy')}
            code={pythonExample(openAiAddress, token)}
          />
        </div>
      </Section>
    </>
  );
}

function AddressFact({ name, address }: { name: string; address: string }) {
  const { t } = useTranslation();
  return (
    <Fact
      name={name}
      action={
        <CopyButton text={address} label={t('settings.copyWhat', { what: name })} isIcon variant="quiet" size="sm" />
      }
    >
      <code dir="ltr" className="font-mono text-[0.8125rem]">
        {address}
      </code>
    </Fact>
  );
}

interface TokenFactProps {
  /** `null`: not shown. */
  token: string | null;
  onToken: (token: string | null) => void;
}

function TokenFact({ token, onToken }: TokenFactProps) {
  const { t } = useTranslation();
  const reveal = useCall('api.token');
  const show = async () => {
    const outcome = await reveal.run({});
    if (outcome.isOk) onToken(outcome.value.token);
  };
  return (
    <Fact
      name={t('settings.api.token')}
      action={
        <>
          {token !== null && <CopyButton text={token} label={t('settings.copy')} size="sm" />}
          <Button
            size="sm"
            icon={token === null ? <Eye /> : <EyeOff />}
            isBusy={reveal.isRunning}
            onClick={token === null ? show : () => onToken(null)}
          >
            {token === null ? t('ui.showSecret') : t('ui.hideSecret')}
          </Button>
          <RenewToken onRenewed={onToken} />
        </>
      }
    >
      <code dir="ltr" className="font-mono text-[0.8125rem]">
        {token ?? '••••••••••••••••'}
      </code>
      <FailureNote failure={reveal.failure} onDismiss={reveal.clear} />
    </Fact>
  );
}

function RenewToken({ onRenewed }: { onRenewed: (token: string) => void }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const renew = useCall('api.renewToken');
  const [isAsking, setAsking] = useState(false);
  const confirm = async () => {
    const outcome = await renew.run({});
    if (!outcome.isOk) return;
    onRenewed(outcome.value.token);
    toasts.show({ text: t('settings.api.renewed') });
  };
  return (
    <>
      <Button size="sm" isBusy={renew.isRunning} onClick={() => setAsking(true)}>
        {t('settings.api.renew')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        onOpenChange={setAsking}
        title={t('settings.api.renewTitle')}
        description={t('settings.api.renewHint')}
        confirmLabel={t('settings.api.renew')}
        onConfirm={confirm}
      />
      <FailureNote failure={renew.failure} onDismiss={renew.clear} />
    </>
  );
}
