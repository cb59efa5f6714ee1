import { MessageCircleOff } from 'lucide-react';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { failureText } from '../../messages/failure-text.ts';
import { useClient } from '../../rpc/client-provider.tsx';
import { failureFrom } from '../../rpc/failure-from.ts';
import { useWatched } from '../../rpc/use-watched.ts';
import { useScreen } from '../../screen.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { ChatFrame } from './chat-frame.tsx';
import { useChat } from './chat-provider.tsx';
import { type ChatSetup, unsetParameters } from './chat-setup.ts';
import { ChecklistPanel } from './checklist/checklist-panel.tsx';
import { answeringModel } from './composer/answering-model.ts';
import { EmptyThread } from './empty-thread.tsx';
import { ExportMenu } from './export-menu.tsx';
import { ThreadSurround } from './thread/thread-context.tsx';
import { ThreadView } from './thread/thread-view.tsx';
import { useShape, useThread } from './thread/use-thread.ts';
import { ThreadHeader } from './thread-header.tsx';
import { useSurroundings } from './use-surroundings.ts';

interface ConversationProps {
  readonly id: string;
  readonly menuButton: ReactNode;
}

/** One conversation: its thread, what stays with it, and the composer. */
export function Conversation({ id, menuButton }: ConversationProps) {
  const { t } = useTranslation();
  const thread = useThread(id);
  const shape = useShape(thread.store);
  const setup = useConversationSetup(id, shape.conversation);
  const surroundings = useSurroundings();
  const { drafts } = useChat();
  const pending = useStore(drafts, (state) => state.pending[id] ?? null);
  const acts = useSaidCalls();
  const isRunning = shape.conversation?.isRunning ?? false;
  const { showTimings } = surroundings.settings;
  const context = useMemo(
    () => ({ thread, conversationId: id, agents: surroundings.agentsById, isRunning, showTimings }),
    [thread, id, surroundings.agentsById, isRunning, showTimings],
  );
  if (thread.failure) return <GoneConversation words={failureText(t, thread.failure)} />;
  const isEmpty = shape.conversation !== null && shape.length === 0 && pending === null;
  return (
    <ThreadSurround value={context}>
      <ChatFrame
        draftKey={id}
        setup={setup}
        isKnown={surroundings.isKnown && shape.conversation !== null}
        isRunning={isRunning}
        threadLength={shape.length}
        ensureConversation={() => Promise.resolve(id)}
        onStop={() => acts((client) => client.call('thread.stop', { conversationId: id }))}
        header={
          <ThreadHeader
            title={shape.conversation ? shape.conversation.title || t('chat.newChat') : ''}
            setup={setup}
            menuButton={menuButton}
            actions={<ExportMenu conversationId={id} disabled={shape.length === 0} />}
          />
        }
        aside={shape.checklist && <ChecklistPanel conversationId={id} checklist={shape.checklist} />}
      >
        {isEmpty && <EmptyThread setup={setup} draftKey={id} isKnown={surroundings.isKnown} />}
        {/* Only once its length is known, so that it begins at its end. */}
        {shape.conversation !== null && !isEmpty && <ThreadView pending={pending} />}
        {shape.conversation === null && <div className="min-h-0 flex-1" />}
      </ChatFrame>
    </ThreadSurround>
  );
}

const noKnowledge: readonly string[] = [];

function useConversationSetup(id: string, conversation: ReturnType<typeof useShape>['conversation']): ChatSetup {
  const { agents, agentsById, models } = useSurroundings();
  const acts = useSaidCalls();
  const knowledge = useWatched('knowledge.watchChat', { conversationId: id }).value?.collectionIds ?? noKnowledge;
  const agent = conversation ? (agentsById.get(conversation.agentId) ?? null) : null;
  const model = conversation?.model ?? null;
  return {
    agents,
    agent,
    models,
    model,
    parameters: conversation?.parameters ?? unsetParameters,
    answering: answeringModel(models, agent, model),
    knowledge,
    attachKnowledge: (collectionId, isAttached) =>
      acts((client) =>
        client.call(isAttached ? 'knowledge.attachToChat' : 'knowledge.detachFromChat', {
          conversationId: id,
          collectionId,
        }),
      ),
    chooseAgent: (agentId) => acts((client) => client.call('conversations.update', { id, agentId })),
    chooseModel: (ref) => acts((client) => client.call('conversations.update', { id, model: ref })),
    changeParameters: (parameters) => acts((client) => client.call('conversations.update', { id, parameters })),
  };
}

/** Runs a call whose result shows by itself, and says in a toast what it failed with. */
function useSaidCalls() {
  const { t } = useTranslation();
  const client = useClient();
  const toasts = useToasts();
  return (work: (node: typeof client) => Promise<unknown>): void => {
    work(client).catch((error: unknown) => toasts.show({ text: failureText(t, failureFrom(error)), status: 'bad' }));
  };
}

function GoneConversation({ words }: { readonly words: string }) {
  const { t } = useTranslation();
  const newChat = useScreen((state) => state.newChat);
  return (
    <div className="grid h-full place-items-center">
      <EmptyState
        icon={<MessageCircleOff />}
        title={words}
        action={
          <Button variant="primary" onClick={() => newChat()}>
            {t('chat.newChat')}
          </Button>
        }
      />
    </div>
  );
}
