import { z } from 'zod';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { attachmentSchema } from '../../../../node-core/api/conversation-views.ts';
import type { Failure } from '../../../../node-core/api/failures.ts';
import { linkedChatSchema } from '../../../../node-core/api/shell-views.ts';

/** A file on its way into a message. */
export interface DraftAttachment {
  /** Of the page, before the node has given it an id. */
  readonly key: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly state:
    | { readonly kind: 'reading'; readonly share: number }
    | { readonly kind: 'sending' }
    | { readonly kind: 'ready'; readonly id: string; readonly isImage: boolean }
    | { readonly kind: 'failed'; readonly failure: Failure };
  /** Address of a picture's preview within the page. */
  readonly preview: string | null;
}

/** Where a part of a draft came from that the person did not write. */
export interface LinkedPart {
  /** Of the shell: the same link is not added twice. */
  readonly id: string;
  readonly source: 'link' | 'file';
  /** As it came; it may have been changed since. */
  readonly text: string;
  /** The agent that was asked for, here or not; `null`: none was. */
  readonly agentId: string | null;
  /** Something of the person's own stands before it. */
  readonly isBelow: boolean;
  /** More than one link or file brought text; `id` and `agentId` are of the last. */
  readonly areSeveral: boolean;
}

/** What is written but not sent yet. */
export interface Draft {
  readonly text: string;
  readonly attachments: readonly DraftAttachment[];
  /** Shown until it is dismissed or sent; `null`: the person wrote everything. */
  readonly linked: LinkedPart | null;
}

/** A prompt that was sent and is not yet part of the thread. */
export interface PendingPrompt {
  readonly text: string;
  /** Messages the thread had when it was sent; once there are more, it has arrived. */
  readonly threadLength: number;
}

/** Drafts and prompts under way, per conversation; `new` is the conversation that does not exist yet. */
export interface Drafts {
  readonly drafts: Readonly<Record<string, Draft>>;
  readonly pending: Readonly<Record<string, PendingPrompt>>;
  /** Why the last prompt of a conversation could not be sent. */
  readonly failures: Readonly<Record<string, Failure>>;
  change(key: string, change: (draft: Draft) => Draft): void;
  /** The draft becomes that of another conversation. */
  move(from: string, to: string): void;
  setPending(key: string, prompt: PendingPrompt | null): void;
  setFailure(key: string, failure: Failure | null): void;
}

export type DraftStore = StoreApi<Drafts>;

/** Key of the conversation that the first message will make. */
export const newConversationKey = 'new';

export const emptyDraft: Draft = { text: '', attachments: [], linked: null };

const storedName = (key: string): string => `nunba.draft.${key}`;

const linkedSchema = linkedChatSchema.extend({
  // Several texts may stand together.
  text: z.string(),
  isBelow: z.boolean(),
  areSeveral: z.boolean().default(false),
});

const storedSchema = z.object({
  version: z.literal(1),
  text: z.string(),
  attachments: z.array(attachmentSchema.pick({ id: true, name: true, sizeBytes: true, kind: true })),
  /** Missing in drafts of before there were links. */
  linked: linkedSchema.nullable().default(null),
});

/** Drafts outlive a reload in `storage`: their text, and the files that the node already has. */
export function createDraftStore(storage: Storage | null): DraftStore {
  return createStore<Drafts>((set, get) => {
    const put = (key: string, draft: Draft): void => {
      set(({ drafts }) => ({ drafts: { ...drafts, [key]: draft } }));
      if (storage) store(storage, key, draft);
    };
    return {
      drafts: storage ? storedDrafts(storage) : {},
      pending: {},
      failures: {},
      change: (key, change) => put(key, change(get().drafts[key] ?? emptyDraft)),
      move: (from, to) => {
        const draft = get().drafts[from];
        if (!draft) return;
        put(from, emptyDraft);
        put(to, draft);
      },
      setPending: (key, prompt) => set(({ pending }) => ({ pending: withEntry(pending, key, prompt) })),
      setFailure: (key, failure) => set(({ failures }) => ({ failures: withEntry(failures, key, failure) })),
    };
  });
}

function withEntry<T>(record: Readonly<Record<string, T>>, key: string, value: T | null): Record<string, T> {
  const { [key]: _, ...others } = record;
  return value === null ? others : { ...others, [key]: value };
}

function store(storage: Storage, key: string, draft: Draft): void {
  const attachments = draft.attachments.flatMap(({ name, sizeBytes, state }) =>
    state.kind === 'ready' ? [{ id: state.id, name, sizeBytes, kind: state.isImage ? 'image' : 'text' }] : [],
  );
  try {
    if (draft.text === '' && attachments.length === 0 && !draft.linked) storage.removeItem(storedName(key));
    else
      storage.setItem(
        storedName(key),
        JSON.stringify({ version: 1, text: draft.text, attachments, linked: draft.linked }),
      );
  } catch {
    // A full or closed storage keeps the draft in the page alone.
  }
}

function storedDrafts(storage: Storage): Record<string, Draft> {
  const drafts: Record<string, Draft> = {};
  for (let place = 0; place < storage.length; place += 1) {
    const name = storage.key(place);
    if (name === null || !name.startsWith(storedName(''))) continue;
    const draft = storedDraft(storage.getItem(name) ?? '');
    if (draft) drafts[name.slice(storedName('').length)] = draft;
  }
  return drafts;
}

function storedDraft(text: string): Draft | null {
  try {
    const stored = storedSchema.parse(JSON.parse(text));
    return {
      text: stored.text,
      linked: stored.linked,
      attachments: stored.attachments.map(({ id, name, sizeBytes, kind }) => ({
        key: id,
        name,
        sizeBytes,
        state: { kind: 'ready', id, isImage: kind === 'image' },
        preview: null,
      })),
    };
  } catch {
    return null;
  }
}
