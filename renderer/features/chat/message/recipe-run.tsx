import { Bot } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AssistantMessageView } from '../../../../node-core/api/conversation-views.ts';
import { useCall } from '../../../rpc/use-call.ts';
import { useWatched } from '../../../rpc/use-watched.ts';
import { Button } from '../../../ui/button.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { useThreadSurroundings } from '../thread/thread-context.tsx';

interface RecipeRunProps {
  readonly message: AssistantMessageView;
  /** Nothing follows it on this branch. */
  readonly isLast: boolean;
}

/** Under an answer that a recipe gave: how often a model was asked, and how it goes on where it stopped. */
export function RecipeRun({ message, isLast }: RecipeRunProps) {
  const { t } = useTranslation();
  const { isRunning, conversationId } = useThreadSurroundings();
  const watched = useWatched('recipes.watch', {});
  const send = useCall('thread.send');
  const run = watched.value?.runs.find(({ messageId }) => messageId === message.id);
  if (!run) return null;
  const { modelCalls, firstCalls, stepsDone, stepCount, state } = run;
  const canFinish = isLast && !isRunning && (state === 'failed' || state === 'stopped');
  return (
    <div className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-2 text-small">
      <span>
        {t('recipes.stepsDone', { done: stepsDone, count: stepCount })} ·{' '}
        {firstCalls === null
          ? t('recipes.calls', { count: modelCalls })
          : t('recipes.callsInstead', { count: modelCalls, first: firstCalls })}
      </span>
      {canFinish && (
        <Button
          size="sm"
          icon={<Bot />}
          isBusy={send.isRunning}
          onClick={() => send.run({ conversationId, text: t('recipes.finishPrompt'), attachmentIds: [] })}
        >
          {t('recipes.finishHere')}
        </Button>
      )}
      <FailureNote failure={send.failure} />
    </div>
  );
}
