import { useTranslation } from 'react-i18next';
import type { ToolServerView } from '../../../node-core/api/mcp-views.ts';
import { failureText } from '../../messages/failure-text.ts';
import { useCall } from '../../rpc/use-call.ts';
import { useToasts } from '../../ui/toast.tsx';

/** Removes a server at once, and offers to take that back. */
export function useRemoveServer() {
  const { t } = useTranslation();
  const toasts = useToasts();
  const remove = useCall('toolServers.remove');
  const restore = useCall('toolServers.restore');
  const undo = async (id: string): Promise<void> => {
    const outcome = await restore.run({ id });
    if (!outcome.isOk) toasts.show({ text: failureText(t, outcome.failure), status: 'bad' });
  };
  const run = async ({ id, name }: ToolServerView): Promise<void> => {
    const outcome = await remove.run({ id });
    if (!outcome.isOk) return;
    toasts.show({
      text: t('servers.removed', { name }),
      action: { label: t('ui.undo'), run: () => void undo(id) },
    });
  };
  return { run, failure: remove.failure, clear: remove.clear };
}
