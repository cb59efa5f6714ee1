import { Download, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type NoteDraft, type NoteView, noteLimits } from '../../../node-core/api/notes-views.ts';
import { boxLines, tickLine } from '../../../node-core/protocol/note-text.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { CheckBox } from '../../ui/check-box.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Field, TextArea, TextInput } from '../../ui/field.tsx';
import { Card, Section } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { useHold } from '../../use-hold.ts';
import { useUndoableRemoval } from '../../use-undoable-removal.ts';
import { exportNote } from './export-note.ts';
import { type Edit, useSaveOnLeave } from './use-save-on-leave.ts';
import { VersionList } from './version-list.tsx';
import { useWriterName } from './writer-name.ts';

interface NoteFormProps {
  note: NoteView;
  onSaved: (note: NoteView) => void;
  onClose: () => void;
}

/** A note to be read, ticked and changed. Boxes are saved at once, words when the person says so or leaves. */
export function NoteForm({ note, onSaved, onClose }: NoteFormProps) {
  const { t } = useTranslation();
  const [edit, setEdit] = useState<Edit | null>(null);
  const save = useCall('notes.save');
  const removeNote = useUndoableRemoval('note');
  useHold(edit !== null);
  const forget = useSaveOnLeave(note.id, save.isRunning ? null : edit);
  const shown = edit ?? note;
  const change = (part: Partial<NoteDraft>): void => {
    setEdit({ title: shown.title, text: shown.text, revision: edit?.revision ?? note.revision, ...part });
  };
  const store = async ({ title, text, revision }: Edit): Promise<void> => {
    const outcome = await save.run({ id: note.id, title, text, revision });
    if (!outcome.isOk) return;
    onSaved(outcome.value);
    setEdit(null);
  };
  const tick = (line: number, isDone: boolean): void => {
    const text = tickLine(shown.text, line, isDone);
    if (edit) change({ text });
    else void store({ title: note.title, text, revision: note.revision });
  };
  const remove = async (): Promise<void> => {
    if (!(await removeNote(note.id, t('notes.deleted', { title: note.title })))) return;
    forget();
    onClose();
  };
  return (
    <>
      <Written note={note} />
      <FailureNote failure={save.failure} onDismiss={save.clear} className="mt-3" />
      <Boxes text={shown.text} onTick={tick} />
      <form
        className="mt-4 grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (edit) void store(edit);
        }}
      >
        <Field label={t('notes.titleField')}>
          <TextInput
            required
            value={shown.title}
            maxLength={noteLimits.titleChars}
            onChange={(event) => change({ title: event.target.value })}
          />
        </Field>
        <Field label={t('notes.text')} hint={t('notes.textHint')}>
          <TextArea
            rows={12}
            value={shown.text}
            maxLength={noteLimits.textChars}
            className="max-h-[60vh]! font-mono text-small"
            onChange={(event) => change({ text: event.target.value })}
          />
        </Field>
        <div className="flex flex-wrap gap-2.5">
          <Button type="submit" variant="primary" disabled={!edit || shown.title.trim() === ''} isBusy={save.isRunning}>
            {t('notes.save')}
          </Button>
          {edit && <Button onClick={() => setEdit(null)}>{t('notes.discard')}</Button>}
          <span className="flex flex-wrap gap-2.5 sm:ms-auto">
            <Button icon={<Download />} onClick={() => exportNote(shown)}>
              {t('notes.export')}
            </Button>
            <Button variant="danger" icon={<Trash2 />} onClick={() => void remove()}>
              {t('notes.delete')}
            </Button>
          </span>
        </div>
      </form>
      <VersionList versions={note.versions} onTake={({ title, text }) => change({ title, text })} />
    </>
  );
}

function Written({ note }: { readonly note: NoteView }) {
  const { t } = useTranslation();
  const writer = useWriterName(note.writtenBy);
  return (
    <p className="mt-3 text-ink-2 text-small">
      {t('notes.changedBy', { writer })} <RelativeTime at={note.updatedAt} />
    </p>
  );
}

interface BoxesProps {
  text: string;
  onTick: (line: number, isDone: boolean) => void;
}

function Boxes({ text, onTick }: BoxesProps) {
  const { t } = useTranslation();
  const boxes = boxLines(text);
  if (boxes.length === 0) return null;
  const doneCount = boxes.filter(({ isDone }) => isDone).length;
  return (
    <Section title={t('notes.checklist')} hint={t('notes.done', { done: doneCount, count: boxes.length })}>
      <Card>
        <ul className="grid gap-2">
          {boxes.map((box) => (
            <li key={box.line}>
              <CheckBox
                label={box.text === '' ? t('notes.emptyBox') : box.text}
                isOn={box.isDone}
                onChange={(isOn) => onTick(box.line, isOn)}
              />
            </li>
          ))}
        </ul>
      </Card>
    </Section>
  );
}
