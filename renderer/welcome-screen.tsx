import { useTranslation } from 'react-i18next';
import { LocalModelDoor } from './features/local-models/local-model-door.tsx';
import { newConnection } from './features/providers/connection-form.ts';
import { ProviderForm } from './features/providers/provider-form.tsx';
import { useDiscovery } from './features/providers/use-discovery.ts';
import { Welcome } from './features/welcome/welcome.tsx';
import { useWatched } from './rpc/use-watched.ts';

interface WelcomeScreenProps {
  /** Shows an empty chat, with that agent or the default one. */
  onChat: (agentId: string | null) => void;
}

/** The welcome, put together with the form that connects a provider. */
export function WelcomeScreen({ onChat }: WelcomeScreenProps) {
  const { t } = useTranslation();
  const discoveryFailure = useDiscovery();
  const local = useWatched('localModels.watch', {}).value;
  return (
    <Welcome
      localModels={local?.engine ? (onReady) => <LocalModelDoor view={local} onReady={onReady} /> : null}
      discoveryFailure={discoveryFailure}
      connectForm={(onAdded) => (
        <ProviderForm initial={newConnection} saveLabel={t('welcome.addAndStart')} onSaved={onAdded} />
      )}
      onChat={onChat}
    />
  );
}
