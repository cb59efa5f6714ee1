import { RotateCcw, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AssistantMessageView } from '../../../../node-core/api/conversation-views.ts';
import { isRunning as isTurnRunning } from '../../../../node-core/protocol/turn.ts';
import { Avatar } from '../../../ui/avatar.tsx';
import { Button } from '../../../ui/button.tsx';
import { CopyButton } from '../../../ui/copy-button.tsx';
import { useThreadSurroundings } from '../thread/thread-context.tsx';
import { BranchSwitch } from './branch-switch.tsx';
import { KeepRecipe } from './keep-recipe.tsx';
import { MessageParts } from './message-parts.tsx';
import { MetaLine } from './meta-line.tsx';
import { noticeOffers } from './notice-offers.ts';
import { plainAnswer } from './plain-answer.ts';
import { RecipeRun } from './recipe-run.tsx';
import { SpokenAnswer } from './spoken-answer.tsx';
import { TurnNotice } from './turn-notice.tsx';
import { useMessageActs } from './use-message-acts.ts';

interface AssistantMessageProps {
  readonly message: AssistantMessageView;
  /** Nothing follows it on this branch. */
  readonly isLast: boolean;
}

/** An agent's answer, whole or on its way. */
export function AssistantMessage({ message, isLast }: AssistantMessageProps) {
  const { t } = useTranslation();
  const { agents, isRunning } = useThreadSurroundings();
  const acts = useMessageActs(message.id);
  const name = agents.get(message.agentId)?.name ?? t('chat.removedAgent');
  const isWriting = isTurnRunning(message.state.kind);
  const text = plainAnswer(message.parts);
  const hasRetryAbove =
    message.state.kind !== 'complete' && noticeOffers(message.state, isLast, text !== '').includes('retry');
  return (
    <article
      aria-labelledby={`${message.id}-by`}
      aria-busy={isWriting}
      className="group grid grid-cols-[28px_minmax(0,1fr)] gap-3"
    >
      <Avatar name={name} size="md" />
      <h2 id={`${message.id}-by`} className="sr-only">
        {t('chat.agentWrote', { agent: name })}
      </h2>
      <div className="min-w-0 pt-[3px]">
        <MessageParts message={message} isWriting={isWriting} />
        {isLast && <SpokenAnswer text={text} isWriting={isWriting} />}
        <TurnNotice message={message} isLast={isLast} hasText={text !== ''} />
        <RecipeRun message={message} isLast={isLast} />
        {!isWriting && (
          <div className="mt-1 flex min-h-7 flex-wrap items-center gap-x-3 gap-y-1">
            <BranchSwitch siblings={message.siblings} />
            <MetaLine message={message} />
            <span
              className="ms-auto flex gap-0.5 opacity-0 transition-opacity focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100 data-last:opacity-100"
              data-last={isLast || undefined}
            >
              {text !== '' && <CopyButton text={text} label={t('chat.copy')} variant="quiet" size="sm" />}
              <KeepRecipe message={message} />
              {!hasRetryAbove && (
                <Button variant="quiet" size="sm" icon={<RotateCcw />} disabled={isRunning} onClick={acts.retry}>
                  {t('chat.retry')}
                </Button>
              )}
              <Button
                variant="quiet"
                size="sm"
                icon={<Trash2 />}
                label={t('chat.delete')}
                disabled={isRunning}
                onClick={acts.remove}
              />
            </span>
          </div>
        )}
      </div>
    </article>
  );
}
