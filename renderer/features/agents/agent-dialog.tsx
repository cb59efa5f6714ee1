import { useTranslation } from 'react-i18next';
import type { AgentDraft } from '../../../node-core/api/agent-views.ts';
import { useCall } from '../../rpc/use-call.ts';
import { useWatched } from '../../rpc/use-watched.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { AgentForm } from './agent-form.tsx';

/** What the dialog is about: a new agent (perhaps a copy), or one of the person's own. */
export type EditedAgent =
  | { readonly kind: 'new'; readonly draft: AgentDraft }
  | { readonly kind: 'own'; readonly id: string; readonly name: string; readonly draft: AgentDraft };

interface AgentDialogProps {
  edited: EditedAgent | null;
  onClose: () => void;
}

/** Makes or changes an agent. */
export function AgentDialog({ edited, onClose }: AgentDialogProps) {
  const { t } = useTranslation();
  const title = edited?.kind === 'own' ? t('agents.editTitle', { name: edited.name }) : t('agents.createTitle');
  return (
    <Dialog isOpen={edited !== null} isForm onOpenChange={(isOpen) => !isOpen && onClose()} title={title}>
      {edited !== null && <AgentEditor edited={edited} onClose={onClose} />}
    </Dialog>
  );
}

function AgentEditor({ edited, onClose }: { edited: EditedAgent; onClose: () => void }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const models = useWatched('models.watch', {});
  const create = useCall('agents.create');
  const update = useCall('agents.update');
  const save = async (draft: AgentDraft) => {
    const outcome = edited.kind === 'own' ? await update.run({ id: edited.id, draft }) : await create.run(draft);
    if (!outcome.isOk) return;
    toasts.show({ text: t(edited.kind === 'own' ? 'agents.saved' : 'agents.created', { name: outcome.value.name }) });
    onClose();
  };
  return (
    <AgentForm
      agentId={edited.kind === 'own' ? edited.id : null}
      initial={edited.draft}
      models={models.value}
      saveLabel={edited.kind === 'own' ? t('agents.save') : t('agents.createAction')}
      isSaving={create.isRunning || update.isRunning}
      failure={create.failure ?? update.failure}
      onSave={save}
      onCancel={onClose}
    />
  );
}
