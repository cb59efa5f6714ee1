import { FileSearch, Plus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FileDialog } from '../../folders/file-dialog.tsx';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { useToasts } from '../../ui/toast.tsx';

/** Adds a model file: by going to it, or by its path. */
export function AddFile() {
  const { t } = useTranslation();
  const toasts = useToasts();
  const { run, isRunning, failure, clear } = useCall('localModels.addFile');
  const [path, setPath] = useState('');
  const [isChoosing, setChoosing] = useState(false);
  const add = async (file: string) => {
    setPath(file);
    const outcome = await run({ path: file });
    if (!outcome.isOk) return;
    setPath('');
    toasts.show({ text: t('local.added') });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void add(path);
  };
  const pick = (file: string) => {
    setChoosing(false);
    void add(file);
  };
  return (
    <>
      <form onSubmit={submit} className="mt-2 flex flex-col gap-2 border-line border-t pt-3">
        <Field label={t('local.addPath')} hint={t('local.addHint')}>
          <TextInput value={path} onChange={(event) => setPath(event.target.value)} dir="ltr" spellCheck={false} />
        </Field>
        <FailureNote failure={failure} onDismiss={clear} />
        <div className="flex flex-wrap gap-2">
          <Button size="sm" icon={<FileSearch />} onClick={() => setChoosing(true)}>
            {t('local.browse')}
          </Button>
          <Button type="submit" size="sm" icon={<Plus />} isBusy={isRunning} disabled={path.trim() === ''}>
            {t('local.add')}
          </Button>
        </div>
      </form>
      {/* Beside the form: a path that is sent in there would send this one too. */}
      <FileDialog isOpen={isChoosing} onClose={() => setChoosing(false)} ending=".gguf" onPick={pick} />
    </>
  );
}
