import { z } from 'zod';
import { checkCodes } from '../protocol/health-check.ts';
import { agentCalls } from './agent-contract.ts';
import { agentSchema } from './agent-views.ts';
import { call, done, nothing, subscription } from './call-shapes.ts';
import {
  attachmentSchema,
  checklistItemSchema,
  checklistSchema,
  conversationSchema,
  conversationsItemSchema,
  limits,
  parametersSchema,
  searchHitSchema,
  threadItemSchema,
  threadPageSchema,
} from './conversation-views.ts';
import { folderCalls, handsCalls, handsSubscriptions } from './hands-contract.ts';
import { agentIdSchema, idSchema } from './ids.ts';
import { keyStorageSchema, newPassphraseSchema } from './key-views.ts';
import { knowledgeCalls, knowledgeSubscriptions } from './knowledge-contract.ts';
import { localModelCalls, localModelSubscriptions } from './local-model-contract.ts';
import { mcpCalls, mcpSubscriptions } from './mcp-contract.ts';
import {
  modelRefSchema,
  modelsSchema,
  providerDraftSchema,
  providerIdSchema,
  testReportSchema,
} from './model-views.ts';
import {
  aboutSchema,
  apiInfoSchema,
  backupSchema,
  restorePreviewSchema,
  settingsSchema,
  statusSchema,
  storageSchema,
} from './node-views.ts';
import { notesCalls, notesSubscriptions } from './notes-contract.ts';
import { recipeCalls, recipeSubscriptions } from './recipe-contract.ts';
import { trustCalls, trustSubscriptions } from './trust-contract.ts';

const prompt = {
  text: z.string().max(limits.messageTextChars),
  attachmentIds: z.array(idSchema).max(limits.attachmentsPerMessage),
};
const turnStarted = z.object({ userMessageId: idSchema.nullable(), assistantMessageId: idSchema });
const base64 = z.string().regex(/^[A-Za-z0-9+/]*={0,2}$/);
/** Semantic versioning 2.0, without build metadata. */
const versionSchema = z
  .string()
  .max(60)
  .regex(/^\d+\.\d+\.\d+(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/);
const backupName = z.object({ name: backupSchema.shape.name });

/**
 * Every call and every subscription of a node, as one value. The client's type, the handlers' type and the test
 * doubles are derived from it, and both ends validate with it. A subscription's first item is the present value,
 * so a late subscriber misses nothing. Fields and names are only ever added.
 */
export const contract = {
  calls: {
    'status.get': call(nothing, statusSchema),
    /**
     * Looks at everything anew, because the person wants to know, or at what one check is about; tells what came of it.
     * The chosen model's host is asked for its models, the parent in the hive for its revocations.
     */
    'status.check': call(z.object({ code: z.enum(checkCodes).nullable().default(null) }), statusSchema),
    /** One text for somebody who helps: versions, state, checks, the last lines of the log; no keys, no chats. */
    'status.diagnostics': call(nothing, z.object({ text: z.string() })),

    'conversations.create': call(
      z.object({ agentId: agentIdSchema.nullable(), model: modelRefSchema.nullable() }),
      conversationSchema,
    ),
    'conversations.update': call(
      z.object({
        id: idSchema,
        title: z.string().trim().min(1).max(limits.titleChars).optional(),
        isPinned: z.boolean().optional(),
        agentId: agentIdSchema.optional(),
        model: modelRefSchema.nullable().optional(),
        parameters: parametersSchema.optional(),
      }),
      conversationSchema,
    ),
    /** Takes it out of view and stops its turn; `conversations.restore` brings it back within 30 days. */
    'conversations.delete': call(z.object({ id: idSchema }), done),
    'conversations.restore': call(z.object({ id: idSchema }), conversationSchema),

    /** Appends a prompt to the chosen branch and starts the answer. Durable when it resolves. */
    'thread.send': call(z.object({ conversationId: idSchema, ...prompt }), turnStarted),
    /** Another version of a prompt, beside the old one, with an answer of its own. */
    'thread.edit': call(z.object({ messageId: idSchema, ...prompt }), turnStarted),
    /** Another answer to the same prompt, beside the old one. */
    'thread.retry': call(z.object({ messageId: idSchema }), turnStarted),
    /** Carries a stopped, failed, interrupted or cut-off answer on, in the same message. */
    'thread.continue': call(z.object({ messageId: idSchema }), turnStarted),
    'thread.stop': call(z.object({ conversationId: idSchema }), done),
    /** Shows the branch that holds this message. */
    'thread.choose': call(z.object({ messageId: idSchema }), z.object({ index: z.number().int() })),
    'thread.page': call(
      z.object({
        conversationId: idSchema,
        from: z.number().int().nonnegative(),
        count: z.number().int().min(1).max(limits.threadPage),
      }),
      threadPageSchema,
    ),
    /** Takes the message and what follows it out of view; `thread.restore` brings it back. */
    'thread.delete': call(z.object({ messageId: idSchema }), done),
    'thread.restore': call(z.object({ messageId: idSchema }), done),

    'attachments.add': call(
      z.object({ conversationId: idSchema, name: z.string().min(1).max(300), mediaType: z.string().max(100), base64 }),
      attachmentSchema,
    ),
    'attachments.read': call(z.object({ id: idSchema }), z.object({ attachment: attachmentSchema, base64 })),
    /** Forgets one that no message holds yet. */
    'attachments.discard': call(z.object({ id: idSchema }), done),

    /** `null` items: no checklist any more. */
    'checklist.save': call(
      z.object({
        conversationId: idSchema,
        revision: z.number().int().nonnegative(),
        items: z.array(checklistItemSchema).max(limits.checklistItems),
      }),
      checklistSchema,
    ),

    'search.messages': call(
      z.object({ query: z.string().max(500), limit: z.number().int().min(1).max(100) }),
      z.object({ hits: z.array(searchHitSchema) }),
    ),

    /** One piece of an export; ask again with `next` until it is `null`. `conversationId` `null`: everything. */
    'exports.read': call(
      z.object({
        conversationId: idSchema.nullable(),
        format: z.enum(['markdown', 'json']),
        cursor: z.string().max(200).nullable(),
      }),
      z.object({
        fileName: z.string(),
        text: z.string(),
        next: z.string().nullable(),
        doneCount: z.number().int(),
        totalCount: z.number().int(),
      }),
    ),
    /** Nunba's own JSON, in pieces of at most 1 MiB of text. */
    'imports.begin': call(nothing, z.object({ id: idSchema })),
    'imports.append': call(z.object({ id: idSchema, text: z.string().max(1024 * 1024) }), done),
    /** All or nothing. Conversations that are here already are skipped. */
    'imports.finish': call(
      z.object({ id: idSchema }),
      z.object({
        conversations: z.number().int(),
        messages: z.number().int(),
        skipped: z.number().int(),
      }),
    ),
    'imports.cancel': call(z.object({ id: idSchema }), done),

    /** Ends what agents do now and lets them begin nothing until `agents.resume`, also after a restart. */
    'agents.pause': call(nothing, done),
    'agents.resume': call(nothing, done),

    /** Looks for programs that serve models on this computer. */
    'models.discover': call(nothing, done),
    /** Uses a found program: adds it as a provider and chooses its model. */
    'models.use': call(z.object({ url: z.string().max(500), model: z.string().max(300) }), done),
    /** The model that answers where nothing else is said; `null` lets Nunba decide. */
    'models.choose': call(z.object({ ref: modelRefSchema.nullable() }), done),
    /** Asks a provider for its models anew. */
    'models.refresh': call(z.object({ providerId: providerIdSchema }), done),
    /** Tests a draft (`providerId` names the stored one whose key it may use). Stores nothing. */
    'models.test': call(
      z.object({
        draft: providerDraftSchema,
        providerId: providerIdSchema.nullable(),
        model: z.string().max(300).nullable(),
      }),
      testReportSchema,
    ),
    'models.add': call(
      z.object({ draft: providerDraftSchema, model: z.string().max(300).nullable() }),
      z.object({ providerId: providerIdSchema }),
    ),
    'models.update': call(z.object({ providerId: providerIdSchema, draft: providerDraftSchema }), done),
    /** Forgets the provider and its key. */
    'models.remove': call(z.object({ providerId: providerIdSchema }), done),

    'settings.update': call(settingsSchema.partial(), settingsSchema),

    'storage.info': call(nothing, storageSchema),
    'storage.check': call(nothing, storageSchema),
    /** Verified by opening it before it counts. */
    'storage.backup': call(nothing, backupSchema),
    'storage.previewRestore': call(backupName, restorePreviewSchema),
    /** Keeps a copy of the present first. */
    'storage.restore': call(
      backupName.extend({ mode: z.enum(['replace', 'merge']) }),
      z.object({ copyOfPresent: backupSchema, conversationsAdded: z.number().int() }),
    ),
    'storage.openFolder': call(nothing, done),
    /**
     * Before this version is replaced by another: keeps a copy of the database and notes both versions, so that a first
     * start that cannot take the database over is taken back.
     */
    'storage.prepareUpdate': call(z.object({ toVersion: versionSchema }), z.object({ snapshot: backupSchema })),

    /** Looks anew for what opens the keys, unless they are open. */
    'keys.retry': call(nothing, done),
    /** Opens locked keys with their passphrase, until the node ends. */
    'keys.unlock': call(z.object({ passphrase: z.string().min(1).max(1_000) }), done),
    /** A passphrase that opens sealed keys, too; replaces the one before. */
    'keys.saveRecovery': call(z.object({ passphrase: newPassphraseSchema }), done),
    /** Lets the present keyring open the keys as well. */
    'keys.sealHere': call(nothing, done),
    /** Puts locked keys aside in the data folder, deleting nothing, and begins without any. */
    'keys.startAnew': call(z.object({ passphrase: newPassphraseSchema }), done),

    'api.info': call(nothing, apiInfoSchema),
    /** The token of `/chat` and `/v1`; shown only when asked for. */
    'api.token': call(nothing, z.object({ token: z.string() })),
    'api.renewToken': call(nothing, z.object({ token: z.string() })),

    'about.get': call(nothing, aboutSchema),
    ...agentCalls,
    ...handsCalls,
    ...folderCalls,
    ...localModelCalls,
    ...mcpCalls,
    ...knowledgeCalls,
    ...notesCalls,
    ...recipeCalls,
    ...trustCalls,
  },
  subscriptions: {
    'status.watch': subscription(nothing, statusSchema),
    'conversations.watch': subscription(nothing, conversationsItemSchema),
    'thread.watch': subscription(z.object({ conversationId: idSchema }), threadItemSchema),
    'agents.watch': subscription(nothing, z.array(agentSchema)),
    'models.watch': subscription(nothing, modelsSchema),
    'settings.watch': subscription(nothing, settingsSchema),
    'keys.watch': subscription(nothing, keyStorageSchema),
    ...handsSubscriptions,
    ...localModelSubscriptions,
    ...mcpSubscriptions,
    ...knowledgeSubscriptions,
    ...notesSubscriptions,
    ...recipeSubscriptions,
    ...trustSubscriptions,
  },
} as const;

type Calls = typeof contract.calls;
type Subscriptions = typeof contract.subscriptions;

export type CallName = keyof Calls;
export type SubscriptionName = keyof Subscriptions;

/** What the caller passes; defaults not yet applied. */
export type CallInput<N extends CallName> = z.input<Calls[N]['input']>;
/** What the handler receives; parsed. */
export type CallArgument<N extends CallName> = z.output<Calls[N]['input']>;
export type CallResult<N extends CallName> = z.output<Calls[N]['output']>;
export type SubscriptionInput<N extends SubscriptionName> = z.output<Subscriptions[N]['input']>;
export type SubscriptionItem<N extends SubscriptionName> = z.output<Subscriptions[N]['item']>;

/** Where a subscription's handler puts its items; the present value first. */
export interface Sink<T> {
  next(item: T): void;
}

/** Answers one call. Throws a FailureError for what the person can act on. */
export type CallHandler<N extends CallName> = (input: CallArgument<N>) => Promise<CallResult<N>> | CallResult<N>;

/** Starts one subscription and returns what ends it. The first item is sent before it returns or soon after. */
export type SubscriptionHandler<N extends SubscriptionName> = (
  input: SubscriptionInput<N>,
  sink: Sink<SubscriptionItem<N>>,
) => (() => void) | Promise<() => void>;

export type CallHandlers = { readonly [N in CallName]: CallHandler<N> };
export type SubscriptionHandlers = { readonly [N in SubscriptionName]: SubscriptionHandler<N> };

/** All that a node answers; each domain gives its share and the composition root puts them together. */
export interface Handlers {
  readonly calls: CallHandlers;
  readonly subscriptions: SubscriptionHandlers;
}
