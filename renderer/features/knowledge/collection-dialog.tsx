import { type FormEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../node-core/api/failures.ts';
import { type CollectionView, knowledgeLimits } from '../../../node-core/api/knowledge-views.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { PathField } from './path-field.tsx';

/** What the dialog is about. */
export type EditedCollection =
  | { readonly kind: 'new' }
  | { readonly kind: 'root' | 'name' | 'limits'; readonly collection: CollectionView };

interface CollectionDialogProps {
  edited: EditedCollection | null;
  onClose: () => void;
}

/** Makes a collection, or changes what is in it, its name or its limits. */
export function CollectionDialog({ edited, onClose }: CollectionDialogProps) {
  const { t } = useTranslation();
  const title = (): string => {
    if (edited === null || edited.kind === 'new') return t('knowledge.create');
    const { name } = edited.collection;
    if (edited.kind === 'root') return t('knowledge.addRoot');
    return t(edited.kind === 'name' ? 'knowledge.renameTitle' : 'knowledge.limitsTitle', { name });
  };
  return (
    <Dialog isOpen={edited !== null} isForm size="sm" onOpenChange={(isOpen) => !isOpen && onClose()} title={title()}>
      {edited?.kind === 'new' && <CreateForm onClose={onClose} />}
      {edited?.kind === 'root' && <RootForm collection={edited.collection} onClose={onClose} />}
      {edited?.kind === 'name' && <NameForm collection={edited.collection} onClose={onClose} />}
      {edited?.kind === 'limits' && <LimitsForm collection={edited.collection} onClose={onClose} />}
    </Dialog>
  );
}

interface FormFrameProps {
  saveLabel: string;
  isSaving: boolean;
  failure: Failure | null;
  onSave: () => void;
  onClose: () => void;
  children: ReactNode;
}

function FormFrame({ saveLabel, isSaving, failure, onSave, onClose, children }: FormFrameProps) {
  const { t } = useTranslation();
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onSave();
  };
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      {children}
      <FailureNote failure={failure} />
      <div className="flex flex-wrap gap-2.5">
        <Button type="submit" variant="primary" isBusy={isSaving}>
          {saveLabel}
        </Button>
        <Button variant="quiet" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
      </div>
    </form>
  );
}

function CreateForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const create = useCall('knowledge.create');
  const [path, setPath] = useState('');
  const [name, setName] = useState('');
  const [hasTried, setTried] = useState(false);
  const save = async (): Promise<void> => {
    setTried(true);
    if (path.trim() === '') return;
    const outcome = await create.run({ path, name: name.trim() === '' ? null : name });
    if (!outcome.isOk) return;
    toasts.show({ text: t('knowledge.created', { name: outcome.value.name }) });
    onClose();
  };
  return (
    <FormFrame
      saveLabel={t('knowledge.createAction')}
      isSaving={create.isRunning}
      failure={create.failure}
      onSave={() => void save()}
      onClose={onClose}
    >
      <PathField value={path} onChange={setPath} isMissing={hasTried && path.trim() === ''} />
      <Field label={t('knowledge.name')} hint={t('knowledge.nameHint')}>
        <TextInput value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
      </Field>
    </FormFrame>
  );
}

interface ChangeFormProps {
  collection: CollectionView;
  onClose: () => void;
}

function RootForm({ collection, onClose }: ChangeFormProps) {
  const { t } = useTranslation();
  const add = useCall('knowledge.addRoot');
  const [path, setPath] = useState('');
  const [hasTried, setTried] = useState(false);
  const save = async (): Promise<void> => {
    setTried(true);
    if (path.trim() !== '' && (await add.run({ id: collection.id, path })).isOk) onClose();
  };
  return (
    <FormFrame
      saveLabel={t('knowledge.addRootAction')}
      isSaving={add.isRunning}
      failure={add.failure}
      onSave={() => void save()}
      onClose={onClose}
    >
      <PathField value={path} onChange={setPath} isMissing={hasTried && path.trim() === ''} />
    </FormFrame>
  );
}

function NameForm({ collection, onClose }: ChangeFormProps) {
  const { t } = useTranslation();
  const update = useCall('knowledge.update');
  const [name, setName] = useState(collection.name);
  const isMissing = name.trim() === '';
  const save = async (): Promise<void> => {
    if (!isMissing && (await update.run({ id: collection.id, name })).isOk) onClose();
  };
  return (
    <FormFrame
      saveLabel={t('knowledge.save')}
      isSaving={update.isRunning}
      failure={update.failure}
      onSave={() => void save()}
      onClose={onClose}
    >
      <Field label={t('knowledge.name')} error={isMissing ? t('knowledge.problem.name') : null}>
        <TextInput required value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
      </Field>
    </FormFrame>
  );
}

const megabyte = 1024 ** 2;

function LimitsForm({ collection, onClose }: ChangeFormProps) {
  const { t, i18n } = useTranslation();
  const update = useCall('knowledge.update');
  const [files, setFiles] = useState(String(collection.mostFiles));
  const [megabytes, setMegabytes] = useState(String(Math.round(collection.mostBytes / megabyte)));
  const mostMegabytes = knowledgeLimits.bytes.most / megabyte;
  const number = new Intl.NumberFormat(i18n.language);
  const isFilesWrong = !isWithin(files, knowledgeLimits.files.most);
  const isBytesWrong = !isWithin(megabytes, mostMegabytes);
  const save = async (): Promise<void> => {
    if (isFilesWrong || isBytesWrong) return;
    const limits = { mostFiles: Number(files), mostBytes: Number(megabytes) * megabyte };
    if ((await update.run({ id: collection.id, ...limits })).isOk) onClose();
  };
  return (
    <FormFrame
      saveLabel={t('knowledge.save')}
      isSaving={update.isRunning}
      failure={update.failure}
      onSave={() => void save()}
      onClose={onClose}
    >
      <Field
        label={t('knowledge.limitFiles')}
        hint={t('knowledge.limitFilesHint', { most: number.format(knowledgeLimits.files.most) })}
        error={isFilesWrong ? t('knowledge.problem.limit') : null}
      >
        <TextInput inputMode="numeric" value={files} onChange={(event) => setFiles(event.target.value)} />
      </Field>
      <Field
        label={t('knowledge.limitBytes')}
        hint={t('knowledge.limitBytesHint', { most: number.format(mostMegabytes) })}
        error={isBytesWrong ? t('knowledge.problem.limit') : null}
      >
        <TextInput inputMode="numeric" value={megabytes} onChange={(event) => setMegabytes(event.target.value)} />
      </Field>
    </FormFrame>
  );
}

const isWithin = (text: string, most: number): boolean =>
  /^\d{1,9}$/.test(text) && Number(text) >= 1 && Number(text) <= most;
