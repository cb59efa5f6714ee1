import { Plus, RefreshCw, Server } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelsView, ProviderView } from '../../../node-core/api/model-views.ts';
import { useCall } from '../../rpc/use-call.ts';
import { useWatched } from '../../rpc/use-watched.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Card, Section } from '../../ui/page.tsx';
import { RelativeTime } from '../../ui/relative-time.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { ChosenModel } from './chosen-model.tsx';
import { connectionOf, newConnection } from './connection-form.ts';
import { ProgramsList } from './programs-list.tsx';
import { ProviderForm } from './provider-form.tsx';
import { ProviderRow } from './provider-row.tsx';

/** Settings, Models: which model answers, the providers, and the programs of this computer. */
export function ModelsSection() {
  const { t } = useTranslation();
  const models = useWatched('models.watch', {});
  const [edited, setEdited] = useState<ProviderView | 'new' | null>(null);
  if (!models.value) {
    return models.failure ? <FailureNote failure={models.failure} /> : <Spinner label={t('models.loading')} />;
  }
  return (
    <>
      <FailureNote failure={models.failure} />
      <Section title={t('models.whoAnswers')}>
        <Card>
          <ChosenModel models={models.value} />
        </Card>
      </Section>
      <Providers models={models.value} onEdit={setEdited} />
      <Programs models={models.value} />
      <ProviderDialog edited={edited} onClose={() => setEdited(null)} />
    </>
  );
}

interface ProvidersProps {
  models: ModelsView;
  onEdit: (provider: ProviderView | 'new') => void;
}

function Providers({ models, onEdit }: ProvidersProps) {
  const { t } = useTranslation();
  const { providers } = models;
  const add = (
    <Button size="sm" icon={<Plus />} onClick={() => onEdit('new')}>
      {t('models.add')}
    </Button>
  );
  return (
    <Section title={t('models.providers')} hint={t('models.providersHint')} actions={providers.length > 0 && add}>
      <Card>
        {providers.length === 0 ? (
          <EmptyState icon={<Server />} title={t('models.noProviders')} action={add}>
            {t('models.noProvidersHint')}
          </EmptyState>
        ) : (
          <ul className="divide-y divide-line">
            {providers.map((provider) => (
              <ProviderRow
                key={provider.id}
                provider={provider}
                modelCount={models.models.filter((model) => model.providerId === provider.id).length}
                onEdit={() => onEdit(provider)}
              />
            ))}
          </ul>
        )}
      </Card>
    </Section>
  );
}

/** Looks once when it is shown, so that what it says is not old. */
function Programs({ models }: { models: ModelsView }) {
  const { t } = useTranslation();
  const discover = useCall('models.discover');
  const { run: look } = discover;
  useEffect(() => void look({}), [look]);
  return (
    <Section
      title={t('models.programs')}
      hint={
        models.lookedAt === null ? (
          t('models.programsHint')
        ) : (
          <>
            {t('models.programsHint')} {t('models.lookedLast')} <RelativeTime at={models.lookedAt} />.
          </>
        )
      }
      actions={
        <Button size="sm" icon={<RefreshCw />} isBusy={discover.isRunning} onClick={() => discover.run({})}>
          {t('models.lookAgain')}
        </Button>
      }
    >
      <Card className="py-1!">
        <ProgramsList programs={models.programs} />
      </Card>
      <FailureNote failure={discover.failure} onDismiss={discover.clear} className="mt-2" />
    </Section>
  );
}

interface ProviderDialogProps {
  edited: ProviderView | 'new' | null;
  onClose: () => void;
}

function ProviderDialog({ edited, onClose }: ProviderDialogProps) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const isNew = edited === 'new';
  const saved = () => {
    toasts.show({ text: t(isNew ? 'models.added' : 'models.saved') });
    onClose();
  };
  return (
    <Dialog
      isOpen={edited !== null}
      isForm
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title={edited === null || isNew ? t('models.addTitle') : t('models.editTitle', { name: edited.name })}
    >
      {edited !== null && (
        <ProviderForm
          initial={isNew ? newConnection : connectionOf(edited)}
          saveLabel={t(isNew ? 'models.addAction' : 'models.save')}
          hasName
          onSaved={saved}
          onCancel={onClose}
        />
      )}
    </Dialog>
  );
}
