import { failureFrom } from '../../../rpc/failure-from.ts';
import type { NodeClient } from '../../../rpc/node-client.ts';
import type { NextFrame } from '../thread/frame-queue.ts';
import { type DraftStore, emptyDraft } from './draft-store.ts';
import { givenBack } from './given-back.ts';

/** What sending needs. */
export interface Sending {
  readonly client: NodeClient;
  readonly drafts: DraftStore;
  readonly nextFrame: NextFrame;
  /** Conversation id, or `new`. */
  readonly draftKey: string;
  /** Messages of the thread as it is now. */
  readonly threadLength: number;
  /** Gives the conversation to send to, making it (and moving the draft to it) if there is none yet. */
  ensureConversation(): Promise<string>;
}

/**
 * Sends the draft. It leaves the composer at once; if it cannot be sent it comes back there, before what was typed in
 * the meantime and with the reason, so that no text is ever lost. Never rejects.
 */
export async function sendPrompt(sending: Sending): Promise<void> {
  const { client, drafts, draftKey, threadLength } = sending;
  const unsent = drafts.getState().drafts[draftKey] ?? emptyDraft;
  drafts.getState().change(draftKey, () => emptyDraft);
  drafts.getState().setPending(draftKey, { text: unsent.text, threadLength });
  drafts.getState().setFailure(draftKey, null);
  let key = draftKey;
  try {
    key = await sending.ensureConversation();
    if (key !== draftKey) {
      drafts.getState().setPending(key, { text: unsent.text, threadLength });
      drafts.getState().setPending(draftKey, null);
    }
    const attachmentIds = unsent.attachments.flatMap(({ state }) => (state.kind === 'ready' ? [state.id] : []));
    await client.call('thread.send', { conversationId: key, text: unsent.text, attachmentIds });
    for (const { preview } of unsent.attachments) if (preview) URL.revokeObjectURL(preview);
    // The message itself is shown with the next frame; until then its stand-in stays.
    sending.nextFrame(() => drafts.getState().setPending(key, null));
  } catch (error) {
    drafts.getState().setPending(key, null);
    drafts.getState().change(key, (draft) => givenBack(draft, unsent));
    drafts.getState().setFailure(key, failureFrom(error));
  }
}
