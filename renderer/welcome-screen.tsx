import { useTranslation } from 'react-i18next';
import { newConnection } from './features/providers/connection-form.ts';
import { ProviderForm } from './features/providers/provider-form.tsx';
import { useDiscovery } from './features/providers/use-discovery.ts';
import { Welcome } from './features/welcome/welcome.tsx';

interface WelcomeScreenProps {
  /** Shows an empty chat, with that agent or the default one. */
  onChat: (agentId: string | null) => void;
}

/** The welcome, put together with the form that connects a provider. */
export function WelcomeScreen({ onChat }: WelcomeScreenProps) {
  const { t } = useTranslation();
  const discoveryFailure = useDiscovery();
  return (
    <Welcome
      discoveryFailure={discoveryFailure}
      connectForm={(onAdded) => (
        <ProviderForm initial={newConnection} saveLabel={t('welcome.addAndStart')} onSaved={onAdded} />
      )}
      onChat={onChat}
    />
  );
}
