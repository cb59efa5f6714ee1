import { useTranslation } from 'react-i18next';
import type { AgentView } from '../../../node-core/api/agent-views.ts';
import { failureText } from '../../messages/failure-text.ts';
import { useCall } from '../../rpc/use-call.ts';
import { useToasts } from '../../ui/toast.tsx';

/** Deletes an agent of the person's own at once, and offers to take that back. */
export function useDeleteAgent() {
  const { t } = useTranslation();
  const toasts = useToasts();
  const remove = useCall('agents.delete');
  const restore = useCall('agents.restore');
  const undo = async (id: string): Promise<void> => {
    const outcome = await restore.run({ id });
    if (!outcome.isOk) toasts.show({ text: failureText(t, outcome.failure), status: 'bad' });
  };
  const run = async (agent: AgentView): Promise<void> => {
    const outcome = await remove.run({ id: agent.id });
    if (!outcome.isOk) return;
    toasts.show({
      text: t('agents.deleted', { name: agent.name }),
      action: { label: t('ui.undo'), run: () => void undo(agent.id) },
    });
  };
  return { run, failure: remove.failure, clear: remove.clear };
}
