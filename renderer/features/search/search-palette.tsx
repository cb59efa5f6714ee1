import type { TFunction } from 'i18next';
import { Search } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConversations } from '../../rpc/use-conversations.ts';
import { useWatched } from '../../rpc/use-watched.ts';
import { useScreen } from '../../screen.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { useFocusReturn } from '../../ui/use-focus-return.ts';
import { type SearchEntry, searchEntries } from './search-entries.ts';
import { SearchResult } from './search-result.tsx';
import { useSearch } from './use-search.ts';

interface SearchPaletteProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Search over everything: messages, conversations, agents. Arrow keys choose, Enter goes there. */
export function SearchPalette({ isOpen, onClose }: SearchPaletteProps) {
  const { t } = useTranslation();
  const focusReturn = useFocusReturn();
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-appear bg-veil" />
        <Dialog.Content
          {...focusReturn}
          aria-describedby={undefined}
          className="fixed inset-x-3 top-[8dvh] z-40 mx-auto flex max-h-[80dvh] max-w-[600px] animate-rise flex-col overflow-hidden rounded-sheet border border-line bg-surface text-ink shadow-float outline-none"
        >
          <Dialog.Title className="sr-only">{t('search.title')}</Dialog.Title>
          <Palette onClose={onClose} />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Palette({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState('');
  const [place, setPlace] = useState(0);
  const conversations = useConversations().value ?? [];
  const agents = useWatched('agents.watch', {}).value ?? [];
  const found = useSearch(query);
  const entries = searchEntries(query, agents, conversations, found.hits);
  const chosen = Math.min(place, entries.length - 1);
  const go = useGo(onClose);
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const entry = entries[chosen];
    if (step !== undefined && entries.length > 0) {
      event.preventDefault();
      setPlace((chosen + step + entries.length) % entries.length);
    }
    if (event.key === 'Enter' && entry) {
      event.preventDefault();
      go(entry);
    }
  };
  const isWaiting = query.trim() !== '' && found.query !== query.trim();
  return (
    <>
      <div className="flex items-center gap-3 border-line border-b px-4">
        <Search aria-hidden="true" className="text-ink-3" />
        <input
          role="combobox"
          aria-expanded={entries.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={entries[chosen] ? `${id}-${chosen}` : undefined}
          aria-label={t('search.label')}
          placeholder={t('search.placeholder')}
          value={query}
          maxLength={500}
          onChange={(event) => {
            setQuery(event.target.value);
            setPlace(0);
          }}
          onKeyDown={onKeyDown}
          className="h-12 min-w-0 flex-1 bg-transparent text-lead outline-none"
        />
        <Kbd>Esc</Kbd>
      </div>
      <div className="flex min-h-0 flex-1 flex-col">
        <FailureNote failure={found.failure} className="m-1.5" />
        {/* The list itself scrolls: the field above, which controls it, moves it. */}
        <div
          ref={list}
          id={`${id}-list`}
          role="listbox"
          aria-label={t('search.results')}
          className="min-h-0 overflow-y-auto p-1.5 empty:hidden"
        >
          {entries.map((entry, index) => (
            <SearchResult
              key={entry.key}
              id={`${id}-${index}`}
              entry={entry}
              isFirstOfKind={entries[index - 1]?.kind !== entry.kind}
              hasQuery={query.trim() !== ''}
              isChosen={index === chosen}
              onPoint={() => setPlace(index)}
              onGo={() => go(entry)}
            />
          ))}
        </div>
        <p role="status" className={entries.length === 0 ? 'px-3 py-6 text-center text-ink-2' : 'sr-only'}>
          {statusOf(t, query.trim(), isWaiting, entries.length)}
        </p>
      </div>
    </>
  );
}

function statusOf(t: TFunction, query: string, isWaiting: boolean, count: number): string {
  if (query === '') return count === 0 ? t('search.nothingYet') : '';
  if (count > 0) return t('search.found', { count });
  return isWaiting ? t('search.searching') : t('search.nothing', { query });
}

function useGo(onClose: () => void): (entry: SearchEntry) => void {
  const show = useScreen((state) => state.show);
  const showMessage = useScreen((state) => state.showMessage);
  const newChat = useScreen((state) => state.newChat);
  return (entry) => {
    onClose();
    switch (entry.kind) {
      case 'agent':
        return newChat(entry.agent.id);
      case 'conversation':
        return show({ kind: 'chat', conversationId: entry.conversation.id });
      case 'message':
        return showMessage(entry.hit.conversationId, entry.hit.messageId);
    }
  };
}
