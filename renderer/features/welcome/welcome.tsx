import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelsView } from '../../../node-core/api/model-views.ts';
import { readersSentence } from '../../messages/readers.ts';
import { useWatched } from '../../rpc/use-watched.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Door } from './door.tsx';
import { FoundPrograms } from './found-programs.tsx';
import { ReadyModel } from './ready-model.tsx';
import { useLeaveWelcome } from './use-leave-welcome.ts';

interface WelcomeProps {
  /** What the newest look for programs failed with. */
  discoveryFailure: React.ComponentProps<typeof FailureNote>['failure'];
  /** The form that connects an address or a key; it calls the function when a provider was added. */
  connectForm: (onAdded: () => void) => ReactNode;
  /** The local models that can be had; it calls the function when one answers. `null`: there is no such door. */
  localModels: ((onReady: () => void) => ReactNode) | null;
  /** Shows an empty chat, with that agent or the default one. */
  onChat: (agentId: string | null) => void;
}

type DoorName = 'found' | 'connect' | 'local';

const foundFirst: readonly DoorName[] = ['found', 'connect', 'local'];
const localFirst: readonly DoorName[] = ['local', 'found', 'connect'];
const titles = { found: 'welcome.foundTitle', connect: 'welcome.connectTitle', local: 'local.doorTitle' } as const;
const hints = { found: 'welcome.foundHint', connect: 'welcome.connectHint', local: 'local.doorHint' } as const;

/** The first thing a person sees: doors to a model, found ones first, and a way past them. */
export function Welcome({ discoveryFailure, connectForm, localModels, onChat }: WelcomeProps) {
  const { t } = useTranslation();
  const models = useWatched('models.watch', {});
  const { leave, failure } = useLeaveWelcome(onChat);
  const isLocalFirst = useIsLocalFirst(models.value);
  const doors = (isLocalFirst ? localFirst : foundFirst).filter((door) => door !== 'local' || localModels !== null);
  return (
    <main className="h-full overflow-y-auto px-4 py-10 sm:py-16">
      <div className="mx-auto flex w-full max-w-[600px] flex-col gap-4">
        <Masthead />
        <FailureNote failure={models.failure ?? failure} />
        {models.value?.chosen && <ReadyModel chosen={models.value.chosen} onStart={() => leave(null)} />}
        {doors.map((door) => (
          <Door key={door} title={t(titles[door])} hint={t(hints[door])} isFolded={door === 'connect'}>
            {door === 'found' && (
              <FoundPrograms models={models.value} failure={discoveryFailure} onUsed={() => leave(null)} />
            )}
            {door === 'connect' && connectForm(() => leave(null))}
            {door === 'local' && localModels?.(() => leave(null))}
          </Door>
        ))}
        <div className="flex flex-wrap items-center justify-between gap-3 px-1 pt-1">
          <p className="min-w-[min(18rem,100%)] flex-1 text-ink-2 text-small">{t('welcome.laterHint')}</p>
          <Button onClick={() => leave('guide')}>{t('welcome.later')}</Button>
        </div>
        <Readers chosen={models.value?.chosen ?? null} />
      </div>
    </main>
  );
}

/**
 * Whoever has no program for models begins with the door that needs none. Decided by the first look at this computer
 * and then kept: a program that comes up later appears in its own door, and nothing moves under the person's hand.
 */
function useIsLocalFirst(models: ModelsView | null): boolean {
  const decided = useRef<boolean | null>(null);
  const hasNothing = !models?.chosen && !models?.programs.some(({ state }) => state === 'found');
  if (decided.current === null && models?.lookedAt != null) decided.current = hasNothing;
  return decided.current ?? hasNothing;
}

function Masthead() {
  const { t } = useTranslation();
  return (
    <header className="mb-3 flex flex-col gap-3">
      <span
        aria-hidden="true"
        className="grid size-10 place-items-center rounded-card bg-accent font-bold text-on-accent text-title"
      >
        N
      </span>
      <h1 className="text-balance font-bold text-title tracking-[-0.015em]">{t('welcome.title')}</h1>
      <p className="max-w-[56ch] text-ink-2">{t('welcome.lead')}</p>
    </header>
  );
}

function Readers({ chosen }: { chosen: ModelsView['chosen'] }) {
  const { t } = useTranslation();
  return (
    <p className="border-line border-t px-1 pt-4 text-ink-2 text-small">
      {readersSentence(t, chosen?.model.location ?? null, chosen?.providerName ?? '')} {t('welcome.noAccount')}
    </p>
  );
}
