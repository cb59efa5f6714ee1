import { useTranslation } from 'react-i18next';
import { failureText } from '../../../messages/failure-text.ts';
import { useClient } from '../../../rpc/client-provider.tsx';
import { failureFrom } from '../../../rpc/failure-from.ts';
import { useToasts } from '../../../ui/toast.tsx';
import { useChat } from '../chat-provider.tsx';
import { attachmentRefusal, isImage } from './attachment-rules.ts';
import { type DraftAttachment, emptyDraft, newConversationKey } from './draft-store.ts';
import { readBase64 } from './read-base64.ts';

/** Adds files to a draft and takes them away. */
export interface Attachments {
  add(files: readonly File[]): void;
  remove(attachment: DraftAttachment): void;
}

/**
 * The files of a draft. Each is checked here, shown at once, and sent to the node, which has the last word.
 * @param draftKey conversation id or `new`
 * @param ensureConversation gives the conversation that the files belong to, making it if there is none yet
 */
export function useAttachments(draftKey: string, ensureConversation: () => Promise<string>): Attachments {
  const { t } = useTranslation();
  const { drafts } = useChat();
  const client = useClient();
  const toasts = useToasts();

  const countIn = (key: string) => (drafts.getState().drafts[key] ?? emptyDraft).attachments.length;
  const put = (key: string, attachmentKey: string, state: DraftAttachment['state']) =>
    drafts.getState().change(key, (draft) => ({
      ...draft,
      attachments: draft.attachments.map((one) => (one.key === attachmentKey ? { ...one, state } : one)),
    }));

  const send = async (key: string, attachment: DraftAttachment, file: File): Promise<void> => {
    try {
      const base64 = await readBase64(file, (share) => put(key, attachment.key, { kind: 'reading', share }));
      put(key, attachment.key, { kind: 'sending' });
      const { id, kind } = await client.call('attachments.add', {
        conversationId: key,
        name: file.name.slice(0, 300) || t('chat.pastedFile'),
        mediaType: file.type.slice(0, 100),
        base64,
      });
      put(key, attachment.key, { kind: 'ready', id, isImage: kind === 'image' });
    } catch (error) {
      put(key, attachment.key, { kind: 'failed', failure: failureFrom(error) });
    }
  };

  const add = async (files: readonly File[]): Promise<void> => {
    const key = draftKey === newConversationKey ? await ensureConversation() : draftKey;
    for (const file of files) {
      const refusal = attachmentRefusal(file, countIn(key));
      if (refusal) {
        toasts.show({ text: failureText(t, refusal), status: 'bad' });
        continue;
      }
      const attachment: DraftAttachment = {
        key: crypto.randomUUID(),
        name: file.name || t('chat.pastedFile'),
        sizeBytes: file.size,
        state: { kind: 'reading', share: 0 },
        preview: isImage(file) ? URL.createObjectURL(file) : null,
      };
      drafts.getState().change(key, (draft) => ({ ...draft, attachments: [...draft.attachments, attachment] }));
      void send(key, attachment, file);
    }
  };

  const remove = (attachment: DraftAttachment): void => {
    if (attachment.preview) URL.revokeObjectURL(attachment.preview);
    drafts.getState().change(draftKey, (draft) => ({
      ...draft,
      attachments: draft.attachments.filter(({ key }) => key !== attachment.key),
    }));
    // One that stays behind is purged by the node; nobody needs to hear of it.
    if (attachment.state.kind === 'ready') {
      client.call('attachments.discard', { id: attachment.state.id }).catch(() => undefined);
    }
  };

  return {
    add: (files) => {
      add(files).catch((error: unknown) => toasts.show({ text: failureText(t, failureFrom(error)), status: 'bad' }));
    },
    remove,
  };
}
