import type { i18n } from 'i18next';
import { useEffect, useState } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import type { Settings } from '../node-core/api/node-views.ts';
import { CrashGuard } from './crash-guard.tsx';
import { ChatProvider } from './features/chat/chat-provider.tsx';
import { applyLanguage } from './messages/apply-language.ts';
import { PlainPage } from './plain-page.tsx';
import { ClientProvider } from './rpc/client-provider.tsx';
import type { NodeClient } from './rpc/node-client.ts';
import type { ShellClient } from './rpc/shell-client.ts';
import { ShellProvider, useShellView } from './rpc/shell-provider.tsx';
import { useConnection } from './rpc/use-connection.ts';
import { useWatched } from './rpc/use-watched.ts';
import { AttentionButtons, AttentionSentence, type RuntimeAttention } from './runtime-attention.tsx';
import { ScreenProvider } from './screen.tsx';
import { screenOf } from './screen-address.ts';
import { Shell } from './shell.tsx';
import { applyTheme } from './theme.ts';
import { Button } from './ui/button.tsx';
import { Spinner } from './ui/spinner.tsx';
import { ToastProvider } from './ui/toast.tsx';

interface AppProps {
  readonly client: NodeClient;
  readonly messages: i18n;
  /** The desktop shell, or `null` in a browser. */
  readonly shell: ShellClient | null;
  /** Where drafts and the theme outlive the page; `null` where the browser has no such place. */
  readonly storage: Storage | null;
}

/** The whole page. */
export function App({ client, shell, messages, storage }: AppProps) {
  return (
    <I18nextProvider i18n={messages}>
      <CrashGuard fallback={<CrashedPage />}>
        <ClientProvider client={client}>
          <ShellProvider shell={shell}>
            <ToastProvider>
              <ChatProvider storage={storage}>
                <Start storage={storage} />
              </ChatProvider>
            </ToastProvider>
          </ShellProvider>
        </ClientProvider>
      </CrashGuard>
    </I18nextProvider>
  );
}

/** Waits for the settings, which say what comes first. */
function Start({ storage }: { readonly storage: Storage | null }) {
  const settings = useWatched('settings.watch', {}).value;
  const connection = useConnection().kind;
  const runtime = useShellView()?.runtime;
  const theme = settings?.theme;
  const language = settings?.language;
  const { i18n: messages } = useTranslation();
  useEffect(() => {
    if (theme !== undefined) applyTheme(theme, storage);
  }, [theme, storage]);
  useEffect(() => {
    if (language !== undefined) void applyLanguage(messages, language, navigator.language, document.documentElement);
  }, [language, messages]);
  if (connection === 'no-session') return <NoSessionPage />;
  if (!settings && runtime?.kind === 'attention') return <AttentionPage runtime={runtime} />;
  if (!settings) return <WaitingPage isLost={connection === 'lost'} />;
  return <Opened settings={settings} />;
}

function Opened({ settings }: { readonly settings: Settings }) {
  const [first] = useState(() =>
    settings.isWelcomed ? screenOf(window.location.hash) : ({ kind: 'welcome' } as const),
  );
  return (
    <ScreenProvider first={first}>
      <Shell />
    </ScreenProvider>
  );
}

function NoSessionPage() {
  const { t } = useTranslation();
  return <PlainPage title={t('app.noSessionTitle')}>{t('app.noSession')}</PlainPage>;
}

/** The node of the desktop app does not start, so there is nothing else to show. */
function AttentionPage({ runtime }: { readonly runtime: RuntimeAttention }) {
  const { t } = useTranslation();
  return (
    <PlainPage title={t('shell.cannotStartTitle')} action={<AttentionButtons />}>
      <div role="alert" className="flex flex-col gap-2 [overflow-wrap:anywhere]">
        <AttentionSentence runtime={runtime} />
      </div>
    </PlainPage>
  );
}

/** Nothing for a moment, so that a quick start does not flash; then what is waited for. */
function WaitingPage({ isLost }: { readonly isLost: boolean }) {
  const { t } = useTranslation();
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), 700);
    return () => clearTimeout(timer);
  }, []);
  if (!isLong) return null;
  return (
    <PlainPage>
      <Spinner label={t(isLost ? 'app.notThere' : 'app.connecting')} />
    </PlainPage>
  );
}

function CrashedPage() {
  const { t } = useTranslation();
  return (
    <PlainPage
      title={t('app.crashedTitle')}
      action={
        <Button variant="primary" onClick={() => window.location.reload()}>
          {t('app.reload')}
        </Button>
      }
    >
      {t('app.crashed')}
    </PlainPage>
  );
}
