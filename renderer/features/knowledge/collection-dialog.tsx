import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallInput } from '../../../node-core/api/contract.ts';
import { knowledgeLimits } from '../../../node-core/api/knowledge-limits.ts';
import type { CollectionView } from '../../../node-core/api/knowledge-views.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { FormFrame } from '../../ui/form-frame.tsx';
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
      {edited?.kind === 'new' && <PathForm collection={null} onClose={onClose} />}
      {edited?.kind === 'root' && <PathForm collection={edited.collection} onClose={onClose} />}
      {edited?.kind === 'name' && <NameForm collection={edited.collection} onClose={onClose} />}
      {edited?.kind === 'limits' && <LimitsForm collection={edited.collection} onClose={onClose} />}
    </Dialog>
  );
}

interface PathFormProps {
  /** `null`: a new one is made of the folder. */
  collection: CollectionView | null;
  onClose: () => void;
}

/** A folder or file, for a collection that is there or for a new one. */
function PathForm({ collection, onClose }: PathFormProps) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const create = useCall('knowledge.create');
  const add = useCall('knowledge.addRoot');
  const [path, setPath] = useState('');
  const [name, setName] = useState('');
  const [hasTried, setTried] = useState(false);
  const isMissing = path.trim() === '';
  const save = async (): Promise<void> => {
    setTried(true);
    if (isMissing) return;
    const outcome = collection
      ? await add.run({ id: collection.id, path })
      : await create.run({ path, name: name.trim() === '' ? null : name });
    if (!outcome.isOk) return;
    if (!collection) toasts.show({ text: t('knowledge.created', { name: outcome.value.name }) });
    onClose();
  };
  return (
    <FormFrame
      saveLabel={t(collection ? 'knowledge.addRootAction' : 'knowledge.createAction')}
      isSaving={create.isRunning || add.isRunning}
      failure={create.failure ?? add.failure}
      onSave={() => void save()}
      onCancel={onClose}
    >
      <PathField value={path} onChange={setPath} isMissing={hasTried && isMissing} />
      {!collection && (
        <Field label={t('knowledge.name')} hint={t('knowledge.nameHint')}>
          <TextInput value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
        </Field>
      )}
    </FormFrame>
  );
}

interface ChangeFormProps {
  collection: CollectionView;
  onClose: () => void;
}

interface ChangeFrameProps extends ChangeFormProps {
  /** What is saved; `null`: it cannot be, as it stands. */
  change: Omit<CallInput<'knowledge.update'>, 'id'> | null;
  children: ReactNode;
}

/** A form that changes something of a collection that is there. */
function ChangeFrame({ collection, change, onClose, children }: ChangeFrameProps) {
  const { t } = useTranslation();
  const update = useCall('knowledge.update');
  const save = async (): Promise<void> => {
    if (change !== null && (await update.run({ id: collection.id, ...change })).isOk) onClose();
  };
  return (
    <FormFrame
      saveLabel={t('knowledge.save')}
      isSaving={update.isRunning}
      failure={update.failure}
      onSave={() => void save()}
      onCancel={onClose}
    >
      {children}
    </FormFrame>
  );
}

function NameForm({ collection, onClose }: ChangeFormProps) {
  const { t } = useTranslation();
  const [name, setName] = useState(collection.name);
  const isMissing = name.trim() === '';
  return (
    <ChangeFrame collection={collection} change={isMissing ? null : { name }} onClose={onClose}>
      <Field label={t('knowledge.name')} error={isMissing ? t('knowledge.problem.name') : null}>
        <TextInput required value={name} maxLength={60} onChange={(event) => setName(event.target.value)} />
      </Field>
    </ChangeFrame>
  );
}

const megabyte = 1024 ** 2;

function LimitsForm({ collection, onClose }: ChangeFormProps) {
  const { t, i18n } = useTranslation();
  const [files, setFiles] = useState(String(collection.mostFiles));
  const [megabytes, setMegabytes] = useState(String(Math.round(collection.mostBytes / megabyte)));
  const mostMegabytes = knowledgeLimits.bytes.most / megabyte;
  const number = new Intl.NumberFormat(i18n.language);
  const isFilesWrong = !isWithin(files, knowledgeLimits.files.most);
  const isBytesWrong = !isWithin(megabytes, mostMegabytes);
  const change =
    isFilesWrong || isBytesWrong ? null : { mostFiles: Number(files), mostBytes: Number(megabytes) * megabyte };
  return (
    <ChangeFrame collection={collection} change={change} onClose={onClose}>
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
    </ChangeFrame>
  );
}

const isWithin = (text: string, most: number): boolean =>
  /^\d{1,9}$/.test(text) && Number(text) >= 1 && Number(text) <= most;
