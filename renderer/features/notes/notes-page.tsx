import { NotebookPen, Plus, Search } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type NoteSummary, noteLimits } from '../../../node-core/api/notes-views.ts';
import { useCall } from '../../rpc/use-call.ts';
import { useWatched } from '../../rpc/use-watched.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { NoteRow } from './note-row.tsx';
import { NoteSheet } from './note-sheet.tsx';
import { RemovedNotes } from './removed-notes.tsx';

/** Notes and checklists that agents keep for the person, and that the person writes. */
export function NotesPage() {
  const { t } = useTranslation();
  const [openId, setOpenId] = useState<string | null>(null);
  const [query, setQuery] = useState('');
  const create = useCall('notes.create');
  if (openId !== null) return <NoteSheet key={openId} id={openId} onClose={() => setOpenId(null)} />;
  const add = async (): Promise<void> => {
    const outcome = await create.run({ title: t('notes.untitled'), text: '' });
    if (outcome.isOk) setOpenId(outcome.value.id);
  };
  return (
    <Page
      title={t('notes.title')}
      subtitle={t('notes.subtitle')}
      actions={
        <Button icon={<Plus />} isBusy={create.isRunning} onClick={() => void add()}>
          {t('notes.create')}
        </Button>
      }
    >
      <FailureNote failure={create.failure} onDismiss={create.clear} className="mt-4" />
      <Field label={t('notes.search')} isLabelHidden className="relative mt-5">
        <Search aria-hidden="true" className="pointer-events-none absolute start-3 top-2.5 text-ink-3" />
        <TextInput
          type="search"
          value={query}
          maxLength={noteLimits.queryChars}
          placeholder={t('notes.search')}
          className="ps-9"
          onChange={(event) => setQuery(event.target.value)}
        />
      </Field>
      <FoundNotes query={query} onOpen={setOpenId} />
    </Page>
  );
}

interface FoundNotesProps {
  query: string;
  onOpen: (id: string) => void;
}

function FoundNotes({ query, onOpen }: FoundNotesProps) {
  const { t } = useTranslation();
  const deferred = useDeferredValue(query);
  const found = useWatched('notes.watch', { query: deferred });
  const all = found.value?.notes ?? [];
  const present = all.filter(({ deletedAt }) => deletedAt === null);
  const removed = all.filter(({ deletedAt }) => deletedAt !== null);
  if (!found.value && !found.failure) {
    return (
      <div className="mt-5">
        <Spinner label={t('notes.loading')} />
      </div>
    );
  }
  return (
    <>
      <FailureNote failure={found.failure} className="mt-4" />
      <p role="status" className="sr-only">
        {t('notes.count', { count: present.length })}
      </p>
      <Card className="mt-4">
        {present.length === 0 ? (
          <NoNotes isSearching={deferred.trim() !== ''} />
        ) : (
          <List notes={present} onOpen={onOpen} />
        )}
      </Card>
      <RemovedNotes notes={removed} />
    </>
  );
}

function List({ notes, onOpen }: { readonly notes: readonly NoteSummary[]; readonly onOpen: (id: string) => void }) {
  return (
    <ul className="-my-1 divide-y divide-line">
      {notes.map((note) => (
        <NoteRow key={note.id} note={note} onOpen={() => onOpen(note.id)} />
      ))}
    </ul>
  );
}

function NoNotes({ isSearching }: { readonly isSearching: boolean }) {
  const { t } = useTranslation();
  if (isSearching) return <EmptyState title={t('notes.noneFound')}>{t('notes.noneFoundHint')}</EmptyState>;
  return (
    <EmptyState icon={<NotebookPen />} title={t('notes.none')}>
      {t('notes.noneHint')}
    </EmptyState>
  );
}
