import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalModelsView } from '../../../node-core/api/local-model-views.ts';
import { formatBytes } from '../../messages/numbers.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { Card, Section } from '../../ui/page.tsx';
import { useToasts } from '../../ui/toast.tsx';

/** Folder, mirror and proxy of downloads. */
export function LocalPlaces({ view }: { view: LocalModelsView }) {
  const { t, i18n } = useTranslation();
  const toasts = useToasts();
  const configure = useCall('localModels.configure');
  const [draft, setDraft] = useState({
    folder: view.folder.isDefault ? '' : view.folder.path,
    mirror: view.mirror ?? '',
    proxy: view.proxy ?? '',
  });
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const outcome = await configure.run(draft);
    if (outcome.isOk) toasts.show({ text: t('local.saved') });
  };
  const change = (part: Partial<typeof draft>) => setDraft({ ...draft, ...part });
  const free = view.folder.freeBytes;
  return (
    <Section title={t('local.places')}>
      <Card>
        <form onSubmit={save} className="flex flex-col gap-4">
          <Field
            label={t('local.folder')}
            hint={
              free === null
                ? t('local.folderHintUnknown')
                : t('local.folderHint', { free: formatBytes(free, i18n.language) })
            }
          >
            <TextInput
              value={draft.folder}
              placeholder={view.folder.path}
              onChange={(event) => change({ folder: event.target.value })}
              dir="ltr"
              spellCheck={false}
            />
          </Field>
          <Field label={t('local.mirror')} hint={t('local.mirrorHint')}>
            <TextInput
              value={draft.mirror}
              onChange={(event) => change({ mirror: event.target.value })}
              dir="ltr"
              spellCheck={false}
            />
          </Field>
          <Field
            label={t('local.proxy')}
            hint={
              view.proxyInUse === null
                ? t('local.proxyHint')
                : `${t('local.proxyHint')} ${t('local.proxyInUse', { proxy: view.proxyInUse })}`
            }
          >
            <TextInput
              value={draft.proxy}
              onChange={(event) => change({ proxy: event.target.value })}
              dir="ltr"
              spellCheck={false}
            />
          </Field>
          <FailureNote failure={configure.failure} onDismiss={configure.clear} />
          <Button type="submit" size="sm" className="self-start" isBusy={configure.isRunning}>
            {t('local.save')}
          </Button>
        </form>
      </Card>
    </Section>
  );
}
