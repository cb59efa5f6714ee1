import { Menu, Plus } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConnectionLine } from './connection-line.tsx';
import { ChatScreen } from './features/chat/chat-screen.tsx';
import { preloadMarkdown } from './features/chat/markdown/markdown.tsx';
import { useLinkedChat } from './features/chat/use-linked-chat.ts';
import { SearchPalette } from './features/search/search-palette.tsx';
import { Sidebar } from './features/sidebar/sidebar.tsx';
import { LockedKeysBanner } from './locked-keys-banner.tsx';
import { PausedBanner } from './paused-banner.tsx';
import { type Screen, useScreen } from './screen.tsx';
import { ShellNotices } from './shell-notices.tsx';
import { isApple, keysOf, type ShortcutName } from './shortcuts.ts';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';
import { Button } from './ui/button.tsx';
import { Spinner } from './ui/spinner.tsx';
import { useLinkedJoin } from './use-linked-join.ts';
import { useScreenAddress } from './use-screen-address.ts';
import { useShellCommands } from './use-shell-commands.ts';
import { useShortcuts } from './use-shortcuts.ts';
import { useStrayDrops } from './use-stray-drops.ts';
import { WaitingBanner } from './waiting-banner.tsx';

const SettingsScreen = lazy(() =>
  import('./settings-screen.tsx').then((module) => ({ default: module.SettingsScreen })),
);
const WelcomeScreen = lazy(() => import('./welcome-screen.tsx').then((module) => ({ default: module.WelcomeScreen })));

const HealthPage = lazy(() =>
  import('./features/health/health-page.tsx').then((module) => ({ default: module.HealthPage })),
);
const JoinPage = lazy(() => import('./features/join/join-page.tsx').then((module) => ({ default: module.JoinPage })));
const MembersPage = lazy(() =>
  import('./features/members/members-page.tsx').then((module) => ({ default: module.MembersPage })),
);
const NotesPage = lazy(() =>
  import('./features/notes/notes-page.tsx').then((module) => ({ default: module.NotesPage })),
);
const TrustPage = lazy(() =>
  import('./features/trust/trust-page.tsx').then((module) => ({ default: module.TrustPage })),
);

type Overlay = 'none' | 'search' | 'shortcuts';

/** Sidebar and screen, and what lies above them. */
export function Shell() {
  const screen = useScreen((state) => state.screen);
  const show = useScreen((state) => state.show);
  const newChat = useScreen((state) => state.newChat);
  const [overlay, setOverlay] = useState<Overlay>('none');
  useScreenAddress();
  useStrayDrops();
  useShellCommands(setOverlay);
  useLinkedChat(screen.kind !== 'welcome');
  useLinkedJoin(screen.kind !== 'welcome');
  useShortcuts(
    useCallback(
      (name: ShortcutName) => {
        if (name === 'new-chat') newChat();
        if (name === 'settings') show({ kind: 'settings', section: 'general' });
        if (name === 'search' || name === 'shortcuts') setOverlay(name);
      },
      [show, newChat],
    ),
  );
  const close = () => setOverlay('none');
  if (screen.kind === 'welcome') {
    return (
      <>
        <div className="fixed inset-x-0 top-0 z-30">
          <ConnectionLine />
        </div>
        <Suspense fallback={<Loading />}>
          <WelcomeScreen onChat={newChat} />
          <ReadyMark />
        </Suspense>
      </>
    );
  }
  return (
    <>
      <SkipLink />
      <div className="grid h-dvh min-h-0 grid-cols-1 grid-rows-[auto_minmax(0,1fr)] min-[47.5rem]:grid-cols-[16.5rem_minmax(0,1fr)]">
        <div className="col-span-full">
          <ConnectionLine />
          <ShellNotices />
          <PausedBanner />
          <WaitingBanner />
          <LockedKeysBanner />
        </div>
        <div className="hidden min-h-0 border-line border-e min-[47.5rem]:block">
          <AppSidebar onSearch={() => setOverlay('search')} />
        </div>
        <main id="screen" className="min-h-0 min-w-0">
          <ScreenView screen={screen} onSearch={() => setOverlay('search')} />
        </main>
      </div>
      <SearchPalette isOpen={overlay === 'search'} onClose={close} />
      <ShortcutsDialog isOpen={overlay === 'shortcuts'} onClose={close} />
    </>
  );
}

function ScreenView({ screen, onSearch }: { readonly screen: Screen; readonly onSearch: () => void }) {
  const menuButton = <SidebarSheet onSearch={onSearch} />;
  if (screen.kind === 'chat') {
    return (
      <>
        <ChatScreen conversationId={screen.conversationId} menuButton={menuButton} />
        <ReadyMark />
      </>
    );
  }
  if (screen.kind === 'welcome') return null;
  return (
    <div className="flex h-full flex-col">
      <div className="flex-none px-3 pt-2 min-[47.5rem]:hidden">{menuButton}</div>
      <div className="min-h-0 flex-1">
        <Suspense fallback={<Loading />}>
          <LatePage screen={screen} />
          <ReadyMark />
        </Suspense>
      </div>
    </div>
  );
}

/** A screen besides the chat; each is loaded when it is first shown. */
function LatePage({ screen }: { readonly screen: Exclude<Screen, { kind: 'chat' | 'welcome' }> }) {
  const show = useScreen((state) => state.show);
  const newChat = useScreen((state) => state.newChat);
  switch (screen.kind) {
    case 'settings':
      return (
        <SettingsScreen
          section={screen.section}
          onSection={(section) => show({ kind: 'settings', section })}
          onChat={newChat}
        />
      );
    case 'trust':
      return <TrustPage />;
    case 'health':
      return <HealthPage />;
    case 'members':
      return <MembersPage />;
    case 'join':
      return <JoinPage />;
    case 'notes':
      return <NotesPage />;
  }
}

function AppSidebar({ onSearch }: { readonly onSearch: () => void }) {
  return <Sidebar onSearch={onSearch} searchKeys={keysOf('search', isApple(navigator.platform))} />;
}

/** The sidebar as a sheet, where there is no room beside the screen. */
function SidebarSheet({ onSearch }: { readonly onSearch: () => void }) {
  const { t } = useTranslation();
  const screen = useScreen((state) => state.screen);
  const newChat = useScreen((state) => state.newChat);
  const [isOpen, setOpen] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: whatever is shown next, the sheet has done its work
  useEffect(() => setOpen(false), [screen]);
  return (
    <span className="flex flex-none items-center min-[47.5rem]:hidden">
      <Dialog.Root open={isOpen} onOpenChange={setOpen}>
        <Dialog.Trigger asChild>
          <Button variant="quiet" size="sm" icon={<Menu />} aria-label={t('app.openSidebar')} />
        </Dialog.Trigger>
        <Button variant="quiet" size="sm" icon={<Plus />} aria-label={t('sidebar.newChat')} onClick={() => newChat()} />
        <Dialog.Portal>
          <Dialog.Overlay className="fixed inset-0 z-40 animate-appear bg-veil" />
          <Dialog.Content
            aria-describedby={undefined}
            className="fixed inset-y-0 start-0 z-40 w-[min(20rem,88vw)] animate-appear border-line border-e bg-sunken shadow-float outline-none"
          >
            <Dialog.Title className="sr-only">{t('app.sidebar')}</Dialog.Title>
            <AppSidebar
              onSearch={() => {
                setOpen(false);
                onSearch();
              }}
            />
          </Dialog.Content>
        </Dialog.Portal>
      </Dialog.Root>
    </span>
  );
}

function SkipLink() {
  const { t } = useTranslation();
  const skip = () =>
    document.querySelector<HTMLElement>('#screen textarea, #screen [tabindex], #screen button')?.focus();
  return (
    <button
      type="button"
      onClick={skip}
      className="sr-only focus:not-sr-only focus:fixed! focus:start-3 focus:top-3 focus:z-50 focus:rounded-control focus:bg-surface focus:px-3 focus:py-1.5 focus:shadow-float"
    >
      {t('app.skipToChat')}
    </button>
  );
}

function Loading() {
  const { t } = useTranslation();
  return (
    <div className="grid h-full place-items-center">
      <Spinner label={t('app.loading')} />
    </div>
  );
}

/**
 * Tells tests and shells that the screen beside it can be used, and loads then what it will need next. Stands within the
 * boundary of a screen that is loaded late, so that it waits with it.
 */
function ReadyMark() {
  useEffect(() => {
    document.documentElement.dataset.ready = 'true';
    preloadMarkdown();
  }, []);
  return null;
}
