import { type ReactNode, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../rpc/client-provider.tsx';
import { useScreen } from '../../screen.tsx';
import { ChatFrame } from './chat-frame.tsx';
import { useChat } from './chat-provider.tsx';
import { type ChatSetup, unsetParameters } from './chat-setup.ts';
import { answeringModel } from './composer/answering-model.ts';
import { newConversationKey } from './composer/draft-store.ts';
import { EmptyThread } from './empty-thread.tsx';
import { ThreadHeader } from './thread-header.tsx';
import { useSurroundings } from './use-surroundings.ts';

/** A conversation that the first message, or the first file, will make. */
export function NewConversation({ menuButton }: { readonly menuButton: ReactNode }) {
  const { t } = useTranslation();
  const client = useClient();
  const { drafts } = useChat();
  const show = useScreen((state) => state.show);
  const chooseAgent = useScreen((state) => state.chooseNewChatAgent);
  const chosenAgentId = useScreen((state) => state.newChatAgentId);
  const [model, setModel] = useState<string | null>(null);
  const [parameters, setParameters] = useState(unsetParameters);
  const [knowledge, setKnowledge] = useState<readonly string[]>([]);
  const surroundings = useSurroundings();
  const { agents, agentsById, models, settings } = surroundings;
  const agent = agentsById.get(chosenAgentId ?? settings.defaultAgentId) ?? agents.find((one) => one.isDefault) ?? null;
  const made = useRef<Promise<string> | null>(null);

  const make = async (): Promise<string> => {
    const { id } = await client.call('conversations.create', { agentId: agent?.id ?? null, model });
    if (parameters !== unsetParameters) await client.call('conversations.update', { id, parameters });
    for (const collectionId of knowledge) {
      await client.call('knowledge.attachToChat', { conversationId: id, collectionId });
    }
    drafts.getState().move(newConversationKey, id);
    show({ kind: 'chat', conversationId: id });
    return id;
  };
  const ensureConversation = (): Promise<string> => {
    made.current ??= make().catch((error: unknown) => {
      made.current = null;
      throw error;
    });
    return made.current;
  };
  const setup: ChatSetup = {
    agents,
    agent,
    models,
    model,
    parameters,
    answering: answeringModel(models, agent, model),
    knowledge,
    chooseAgent,
    attachKnowledge: (id, isAttached) =>
      setKnowledge((before) => [...before.filter((each) => each !== id), ...(isAttached ? [id] : [])]),
    chooseModel: setModel,
    changeParameters: setParameters,
  };
  return (
    <ChatFrame
      draftKey={newConversationKey}
      setup={setup}
      isKnown={surroundings.isKnown}
      isRunning={false}
      threadLength={0}
      ensureConversation={ensureConversation}
      onStop={() => undefined}
      header={<ThreadHeader title={t('chat.newChat')} setup={setup} menuButton={menuButton} actions={null} />}
    >
      <EmptyThread setup={setup} draftKey={newConversationKey} isKnown={surroundings.isKnown} />
    </ChatFrame>
  );
}
