import { useTranslation } from 'react-i18next';
import type { Failure } from '../../../../node-core/api/failures.ts';
import { failureText } from '../../../messages/failure-text.ts';
import { useClient } from '../../../rpc/client-provider.tsx';
import { failureFrom } from '../../../rpc/failure-from.ts';
import { useToasts } from '../../../ui/toast.tsx';

/** What can be done with a message besides reading it. Failures are said in a toast. */
export interface MessageActs {
  retry(): void;
  carryOn(): void;
  /** Takes the message and what follows out of view; the toast brings them back. */
  remove(): void;
}

/** The acts of one message. */
export function useMessageActs(messageId: string): MessageActs {
  const { t } = useTranslation();
  const client = useClient();
  const toasts = useToasts();
  const say = (failure: Failure) => toasts.show({ text: failureText(t, failure), status: 'bad' });
  const attempt = (work: () => Promise<unknown>) => {
    work().catch((error: unknown) => say(failureFrom(error)));
  };
  return {
    retry: () => attempt(() => client.call('thread.retry', { messageId })),
    carryOn: () => attempt(() => client.call('thread.continue', { messageId })),
    remove: () =>
      attempt(async () => {
        await client.call('thread.delete', { messageId });
        toasts.show({
          text: t('chat.messageDeleted'),
          action: {
            label: t('chat.undo'),
            run: () => attempt(() => client.call('thread.restore', { messageId })),
          },
        });
      }),
  };
}
