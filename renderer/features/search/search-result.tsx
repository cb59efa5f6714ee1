import { MessageSquare } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Avatar } from '../../ui/avatar.tsx';
import { classes } from '../../ui/classes.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import type { SearchEntry } from './search-entries.ts';

interface SearchResultProps {
  readonly id: string;
  readonly entry: SearchEntry;
  readonly isFirstOfKind: boolean;
  readonly hasQuery: boolean;
  readonly isChosen: boolean;
  readonly onPoint: () => void;
  readonly onGo: () => void;
}

/** One thing that was found, with a heading above the first of its kind. */
export function SearchResult(props: SearchResultProps) {
  const { id, entry, isFirstOfKind, hasQuery, isChosen, onPoint, onGo } = props;
  const { t } = useTranslation();
  const heading = !hasQuery && entry.kind === 'conversation' ? t('search.recent') : t(`search.kind.${entry.kind}`);
  return (
    <>
      {isFirstOfKind && (
        <p role="presentation" className="px-2.5 pt-2 pb-1 font-semibold text-ink-3 text-tiny">
          {heading}
        </p>
      )}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the keys */}
      <div
        id={id}
        role="option"
        tabIndex={-1}
        aria-selected={isChosen}
        onMouseMove={onPoint}
        onClick={onGo}
        className={classes(
          'flex cursor-pointer items-start gap-3 rounded-control px-2.5 py-1.5',
          isChosen && 'bg-sunken',
        )}
      >
        <EntryBody entry={entry} />
      </div>
    </>
  );
}

function EntryBody({ entry }: { readonly entry: SearchEntry }) {
  const { t } = useTranslation();
  switch (entry.kind) {
    case 'agent':
      return (
        <>
          <Avatar name={entry.agent.name} />
          <span className="min-w-0 flex-1 truncate">
            {entry.agent.name} <span className="text-ink-2 text-small">{entry.agent.description}</span>
          </span>
        </>
      );
    case 'conversation':
      return (
        <>
          <MessageSquare aria-hidden="true" className="mt-[3px] text-ink-3" />
          <span className="min-w-0 flex-1 truncate">{entry.conversation.title || t('search.untitled')}</span>
          <RelativeTime at={entry.conversation.updatedAt} className="text-ink-3 text-tiny" />
        </>
      );
    case 'message':
      return <MessageHit hit={entry.hit} />;
  }
}

function MessageHit({ hit }: { readonly hit: Extract<SearchEntry, { kind: 'message' }>['hit'] }) {
  const { t } = useTranslation();
  return (
    <span className="min-w-0 flex-1">
      <span className="line-clamp-2 [overflow-wrap:anywhere]">
        {hit.snippet.map(({ text, isMatch }, place) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a snippet have no other identity
          isMatch ? <mark key={place}>{text}</mark> : <span key={place}>{text}</span>,
        )}
      </span>
      <span className="flex gap-2 text-ink-3 text-tiny">
        <span className="min-w-0 truncate">
          {t(hit.role === 'user' ? 'search.byYou' : 'search.byAgent')} · {hit.conversationTitle || t('search.untitled')}
        </span>
        <RelativeTime at={hit.createdAt} className="ms-auto" />
      </span>
    </span>
  );
}
