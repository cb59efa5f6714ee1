import { ArrowLeft } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Page } from '../../ui/page.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { NoteForm } from './note-form.tsx';
import { useNote } from './use-note.ts';

interface NoteSheetProps {
  id: string;
  onClose: () => void;
}

/** One note, open. */
export function NoteSheet({ id, onClose }: NoteSheetProps) {
  const { t } = useTranslation();
  const used = useNote(id);
  return (
    <Page
      title={used.note?.title ?? t('notes.title')}
      actions={
        <Button icon={<ArrowLeft className="rtl:-scale-x-100" />} onClick={onClose}>
          {t('notes.all')}
        </Button>
      }
    >
      <FailureNote failure={used.failure} className="mt-4" />
      {used.note && <NoteForm note={used.note} onSaved={used.take} onClose={onClose} />}
      {!used.note && !used.failure && (
        <div className="mt-5">
          <Spinner label={t('notes.loading')} />
        </div>
      )}
    </Page>
  );
}
