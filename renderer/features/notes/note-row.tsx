import { useTranslation } from 'react-i18next';
import type { NoteSummary } from '../../../node-core/api/notes-views.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { useWriterName } from './writer-name.ts';

interface NoteRowProps {
  note: NoteSummary;
  onOpen: () => void;
}

/** A note in the list: how it begins, what is done of it, who changed it when. */
export function NoteRow({ note, onOpen }: NoteRowProps) {
  const { t } = useTranslation();
  const writer = useWriterName(note.writtenBy);
  return (
    <li>
      <button
        type="button"
        onClick={onOpen}
        className="-mx-2 flex w-[calc(100%+1rem)] flex-wrap items-baseline gap-x-4 gap-y-0.5 rounded-control px-2 py-2.5 text-start transition-colors hover:bg-sunken"
      >
        <span className="min-w-[min(16rem,100%)] flex-1">
          <span className="block font-semibold [overflow-wrap:anywhere]">{note.title}</span>
          {note.excerpt !== '' && (
            <span className="line-clamp-2 text-ink-2 text-small [overflow-wrap:anywhere]">{note.excerpt}</span>
          )}
        </span>
        <span className="text-ink-2 text-tiny">
          {note.boxCount > 0 && `${t('notes.done', { done: note.doneCount, count: note.boxCount })} · `}
          {writer} · <RelativeTime at={note.updatedAt} />
        </span>
      </button>
    </li>
  );
}
