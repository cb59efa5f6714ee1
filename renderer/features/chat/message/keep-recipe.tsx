import { BookmarkPlus } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AssistantMessageView } from '../../../../node-core/api/conversation-views.ts';
import { failureText } from '../../../messages/failure-text.ts';
import { useCall } from '../../../rpc/use-call.ts';
import { useScreen } from '../../../screen.tsx';
import { Button } from '../../../ui/button.tsx';
import { useToasts } from '../../../ui/toast.tsx';

/** Under a finished answer whose tools came to something: makes a recipe of it, to be looked at before it is kept. */
export function KeepRecipe({ message }: { readonly message: AssistantMessageView }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const draft = useCall('recipes.fromAnswer');
  const showRecipe = useScreen((state) => state.showRecipe);
  const hasUsedTools = message.parts.some((part) => part.kind === 'tool' && part.outcome?.kind === 'done');
  if (message.state.kind !== 'complete' || !hasUsedTools) return null;
  const keep = async () => {
    const outcome = await draft.run({ messageId: message.id });
    if (outcome.isOk) showRecipe(outcome.value);
    else toasts.show({ text: failureText(t, outcome.failure), status: 'bad' });
  };
  return (
    <Button variant="quiet" size="sm" icon={<BookmarkPlus />} isBusy={draft.isRunning} onClick={keep}>
      {t('recipes.keepAction')}
    </Button>
  );
}
