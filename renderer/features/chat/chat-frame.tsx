import { Paperclip } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { failureText } from '../../messages/failure-text.ts';
import { useClient } from '../../rpc/client-provider.tsx';
import { useChat } from './chat-provider.tsx';
import type { ChatSetup } from './chat-setup.ts';
import { AgentPicker } from './composer/agent-picker.tsx';
import { AnsweringLine } from './composer/answering-line.tsx';
import { Composer } from './composer/composer.tsx';
import { newConversationKey } from './composer/draft-store.ts';
import { FoldersChip } from './composer/folders-chip.tsx';
import { KnowledgePicker } from './composer/knowledge-picker.tsx';
import { LinkedNote } from './composer/linked-note.tsx';
import { ModelPicker } from './composer/model-picker.tsx';
import { ParametersPopover } from './composer/parameters-popover.tsx';
import { PausedNote } from './composer/paused-note.tsx';
import { sendPrompt } from './composer/send-prompt.ts';
import { useAttachments } from './composer/use-attachments.ts';
import { useDraft } from './composer/use-draft.ts';
import { useFileDrop } from './composer/use-file-drop.ts';
import { browserFrame } from './thread/frame-queue.ts';
import { useChatKeys } from './use-chat-keys.ts';

interface ChatFrameProps {
  readonly draftKey: string;
  readonly setup: ChatSetup;
  /** What the pickers show is known; before that they would tell wrong things. */
  readonly isKnown: boolean;
  readonly isRunning: boolean;
  readonly threadLength: number;
  readonly ensureConversation: () => Promise<string>;
  readonly onStop: () => void;
  readonly header: ReactNode;
  /** Stays beside the thread. */
  readonly aside?: ReactNode;
  readonly children: ReactNode;
}

/** Header, thread and composer of a conversation that is there or is about to be. */
export function ChatFrame(props: ChatFrameProps) {
  const { draftKey, setup, isKnown, isRunning, threadLength, ensureConversation, onStop, header, aside, children } =
    props;
  const { t } = useTranslation();
  const client = useClient();
  const { drafts } = useChat();
  const failure = useStore(drafts, (state) => state.failures[draftKey] ?? null);
  const attachments = useAttachments(draftKey, ensureConversation);
  const drop = useFileDrop(attachments.add);
  const input = useRef<HTMLTextAreaElement>(null);
  useChatKeys({ input, isRunning, onStop });
  useEffect(() => {
    if (window.matchMedia('(pointer: fine)').matches) input.current?.focus({ preventScroll: true });
  }, []);
  const agentName = setup.agent?.name ?? t('chat.removedAgent');
  const send = () =>
    void sendPrompt({ client, drafts, nextFrame: browserFrame, draftKey, threadLength, ensureConversation });
  return (
    <div className="relative flex h-full min-h-0 flex-col" {...drop.handlers}>
      {header}
      <div className="flex min-h-0 flex-1 flex-col lg:flex-row">
        {aside}
        <div className="flex min-h-0 min-w-0 flex-1 flex-col">
          {children}
          <div className="flex-none px-4 pb-2.5 sm:px-5">
            <div className="mx-auto w-full max-w-[720px]">
              {setup.agent?.engine !== 'guide' && <PausedNote />}
              {isKnown && (
                <LinkedNote
                  draftKey={draftKey}
                  hasAgent={(id) => setup.agents.some((agent) => agent.id === id)}
                  agentName={agentName}
                />
              )}
              <Composer
                draftKey={draftKey}
                agentName={agentName}
                isRunning={isRunning}
                attachments={attachments}
                failure={failure?.kind === 'agents-paused' ? null : failure}
                input={input}
                pickers={
                  isKnown && (
                    <>
                      <Pickers setup={setup} />
                      {setup.agent && (
                        <FoldersChip
                          agent={setup.agent}
                          conversationId={draftKey === newConversationKey ? null : draftKey}
                          ensureConversation={ensureConversation}
                        />
                      )}
                    </>
                  )
                }
                onSend={send}
                onStop={onStop}
              />
              <BlindModelNote draftKey={draftKey} setup={setup} />
              {isKnown ? <AnsweringLine answering={setup.answering} /> : <p className="mt-1.5 text-tiny">&nbsp;</p>}
            </div>
          </div>
        </div>
      </div>
      {drop.isOver && <DropVeil />}
    </div>
  );
}

function Pickers({ setup }: { readonly setup: ChatSetup }) {
  return (
    <>
      <AgentPicker agents={setup.agents} agent={setup.agent} onChoose={setup.chooseAgent} />
      <ModelPicker
        models={setup.models}
        answering={setup.answering}
        chosen={setup.model}
        onChoose={setup.chooseModel}
      />
      {setup.agent?.engine !== 'guide' && (
        <>
          <KnowledgePicker
            attached={setup.knowledge}
            ofAgent={setup.agent?.knowledge ?? []}
            onChange={setup.attachKnowledge}
          />
          <ParametersPopover parameters={setup.parameters} onChange={setup.changeParameters} />
        </>
      )}
    </>
  );
}

/** Said before a picture is sent to a model that is not known to see. */
function BlindModelNote({ draftKey, setup }: { readonly draftKey: string; readonly setup: ChatSetup }) {
  const { t } = useTranslation();
  const [draft] = useDraft(draftKey);
  const { answering } = setup;
  const hasPicture = draft.attachments.some(({ state }) => state.kind === 'ready' && state.isImage);
  if (!hasPicture || answering.kind !== 'model' || answering.model.canSee) return null;
  return (
    <p role="status" className="mt-1.5 text-center text-small text-warn">
      {failureText(t, { kind: 'model-cannot-see', model: answering.model.name })}
    </p>
  );
}

function DropVeil() {
  const { t } = useTranslation();
  return (
    <div className="pointer-events-none absolute inset-2 z-30 grid animate-appear place-items-center rounded-sheet border-2 border-accent border-dashed bg-paper/90">
      <p className="flex items-center gap-2.5 font-medium">
        <Paperclip aria-hidden="true" />
        {t('chat.dropFiles')}
      </p>
    </div>
  );
}
