import { z } from 'zod';
import { downloadFailureSchema } from './download-failure.ts';
import { engineAbsentSchema, engineEndedSchema } from './engine-failure.ts';
import { lockReasonSchema } from './key-views.ts';
import { modelFileDefectSchema } from './model-file-defect.ts';

const host = z.string().max(300);

/**
 * Everything that can go wrong in a way the person can act on. Closed: anything else is a bug and reaches the
 * person as `bug` with an incident id that stands in the log. Sentences: failure-sentences.ts.
 */
export const failureSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('invalid-input'), field: z.string().max(200), reason: z.string().max(500) }),
    z.object({
      kind: z.literal('not-found'),
      what: z.enum([
        'conversation',
        'message',
        'note',
        'agent',
        'provider',
        'model',
        'attachment',
        'backup',
        'import',
        'checklist',
        'invite',
        'request',
        'member',
        'domain',
        'tool-server',
        'collection',
        'file',
        'deed',
        'permission',
        'folder',
        'recipe',
        'schedule',
      ]),
    }),
    /** No model is set up, or none answers. */
    z.object({ kind: z.literal('no-model') }),
    z.object({
      kind: z.literal('model-unreachable'),
      host,
      cause: z.enum(['dns', 'refused', 'tls', 'timeout', 'closed', 'network']),
    }),
    z.object({ kind: z.literal('model-refused-key'), host, hasKey: z.boolean() }),
    z.object({ kind: z.literal('model-rate-limited'), host, retryAfterSeconds: z.number().nonnegative().nullable() }),
    z.object({ kind: z.literal('model-unknown'), host, model: z.string().max(300) }),
    /** Any other refusal; `detail` is the provider's own text, cut and without secrets. */
    z.object({
      kind: z.literal('model-error'),
      host,
      status: z.number().int().nullable(),
      detail: z.string().max(500),
    }),
    z.object({
      kind: z.literal('model-bad-answer'),
      host,
      cause: z.enum(['cut', 'not-a-stream', 'not-json', 'line-too-long', 'silent', 'empty']),
    }),
    z.object({ kind: z.literal('model-context-full'), host, model: z.string().max(300) }),
    z.object({ kind: z.literal('model-cannot-see'), model: z.string().max(300) }),
    engineEndedSchema,
    engineAbsentSchema,
    z.object({ kind: z.literal('agent-limit'), limit: z.enum(['steps', 'time', 'size']), allowed: z.number() }),
    /** The person has paused all agents; `since` in ms since the epoch. */
    z.object({ kind: z.literal('agents-paused'), since: z.number() }),
    z.object({ kind: z.literal('turn-running') }),
    z.object({ kind: z.literal('turn-ended') }),
    /** It cannot be taken back while it is at work. */
    z.object({ kind: z.literal('deed-running') }),
    /** Nothing in that answer can be done again by itself. */
    z.object({ kind: z.literal('not-a-recipe') }),
    /** A run of a recipe ended before its last step; `step` is the one that it did not get past, counted from 1. */
    z.object({
      kind: z.literal('recipe-stopped'),
      step: z.number().int(),
      count: z.number().int(),
      tool: z.string().max(300),
      reason: z.string().max(2000),
    }),
    z.object({
      kind: z.literal('too-large'),
      what: z.string().max(100),
      sizeBytes: z.number(),
      limitBytes: z.number(),
    }),
    z.object({ kind: z.literal('too-many'), what: z.string().max(100), limit: z.number() }),
    z.object({ kind: z.literal('unsupported-file'), name: z.string().max(300) }),
    z.object({ kind: z.literal('import-unreadable'), reason: z.string().max(500) }),
    /** Somebody changed it in the meantime; the caller's copy is old. */
    z.object({ kind: z.literal('conflict'), what: z.enum(['note', 'checklist', 'agent', 'provider', 'tool-server']) }),
    /** Set by environment, file or flag, so it cannot be changed here. */
    z.object({ kind: z.literal('set-elsewhere'), name: z.string().max(200), source: z.string().max(200) }),
    z.object({
      kind: z.literal('config-invalid'),
      name: z.string().max(200),
      source: z.string().max(200),
      reason: z.string().max(500),
    }),
    z.object({ kind: z.literal('tier-contradiction'), folderTier: z.string().max(40), askedTier: z.string().max(40) }),
    z.object({
      kind: z.literal('port-taken'),
      port: z.number().int(),
      heldBy: z.string().max(200).nullable(),
      freePort: z.number().int().nullable(),
    }),
    z.object({ kind: z.literal('folder-unwritable'), path: z.string().max(2000), reason: z.string().max(300) }),
    /** A folder that agents cannot be let see. */
    z.object({
      kind: z.literal('folder-refused'),
      path: z.string().max(4096),
      cause: z.enum(['not-there', 'not-a-folder', 'unreadable', 'root', 'home', 'own-data', 'system']),
    }),
    z.object({
      kind: z.literal('folder-locked'),
      path: z.string().max(2000),
      pid: z.number().int().nullable(),
      address: z.string().max(300).nullable(),
    }),
    z.object({ kind: z.literal('folder-foreign'), path: z.string().max(2000), reason: z.string().max(300) }),
    z.object({ kind: z.literal('storage-damaged'), path: z.string().max(2000), reason: z.string().max(500) }),
    z.object({
      kind: z.literal('storage-newer'),
      path: z.string().max(2000),
      found: z.number().int(),
      known: z.number().int(),
    }),
    z.object({ kind: z.literal('storage-full') }),
    downloadFailureSchema,
    /** A file that the person named as a model, but that the engine must not load. */
    z.object({ kind: z.literal('model-file'), path: z.string().max(2000), defect: modelFileDefectSchema }),
    /** A file of that size does not fit where it was to go; `neededBytes` with the margin that is left free. */
    z.object({
      kind: z.literal('no-space'),
      path: z.string().max(2000),
      neededBytes: z.number(),
      freeBytes: z.number(),
    }),
    /** A folder that the person chose for files. */
    z.object({ kind: z.literal('folder-unusable'), path: z.string().max(2000), reason: z.string().max(300) }),
    z.object({ kind: z.literal('backup-unreadable'), name: z.string().max(300), reason: z.string().max(500) }),
    /** The first start of a new version could not take the database to its schema; it is as it was before. */
    z.object({
      kind: z.literal('update-failed'),
      failedVersion: z.string().max(60),
      previousVersion: z.string().max(60),
    }),
    z.object({ kind: z.literal('secret-unreadable'), name: z.string().max(100), reason: z.string().max(300) }),
    /** Sealed keys and tokens cannot be reached; nothing was changed. */
    z.object({
      kind: z.literal('keys-locked'),
      reason: lockReasonSchema,
      /** Keyrings as Electron names them. */
      recordedBackend: z.string().max(60).nullable(),
      presentBackend: z.string().max(60).nullable(),
    }),
    z.object({ kind: z.literal('passphrase-refused') }),
    z.object({ kind: z.literal('no-keyring') }),
    z.object({ kind: z.literal('keys-not-sealed') }),
    /** The node's own key cannot be used; the start ends and nothing was changed. */
    z.object({ kind: z.literal('identity-unreadable'), path: z.string().max(2000), reason: z.string().max(300) }),
    /** What is kept of the hive cannot be read; the start ends and nothing was changed. */
    z.object({ kind: z.literal('membership-unreadable'), path: z.string().max(2000), reason: z.string().max(300) }),
    /** The data folder was copied from another computer. */
    z.object({ kind: z.literal('identity-elsewhere'), path: z.string().max(2000), madeOn: z.string().max(300) }),
    /** `defect` as in protocol/trust/join-link.ts, `reason` the same in English. */
    z.object({ kind: z.literal('link-invalid'), defect: z.string().max(40), reason: z.string().max(300) }),
    z.object({ kind: z.literal('already-joined'), anchor: z.string().max(64) }),
    z.object({ kind: z.literal('join-running') }),
    /** There is nothing to confirm, cancel, renew or leave. */
    z.object({ kind: z.literal('not-joined'), what: z.enum(['confirm', 'cancel', 'renew', 'leave']) }),
    /** The words are not those of the anchor that the issuer states. */
    z.object({ kind: z.literal('words-differ'), stated: z.string().max(200).nullable() }),
    /** This node issues nothing: it is no central, and no regional with `issue`. */
    z.object({ kind: z.literal('not-issuing') }),
    /** It issues, but nobody could follow an invite: it knows no address of its own. */
    z.object({ kind: z.literal('no-public-address') }),
    /** There is none here, or it is not for this node to change. */
    z.object({ kind: z.literal('federation-key'), what: z.enum(['none', 'of-central']) }),
    /** Several keys begin so. */
    z.object({ kind: z.literal('ambiguous'), count: z.number().int() }),
    z.object({ kind: z.literal('signer-unreachable'), reason: z.string().max(300) }),
    z.object({ kind: z.literal('signer-refused'), reason: z.string().max(300) }),
    z.object({ kind: z.literal('master-key-unusable'), path: z.string().max(2000), reason: z.string().max(300) }),
    /** The issuer could not be asked, or refused; `of` and `code` are an obstacle's kind and code, `sentence` its English. */
    z.object({
      kind: z.literal('hive-refused'),
      of: z.enum(['unreachable', 'refused', 'defect']),
      code: z.string().max(60),
      sentence: z.string().max(500),
    }),
    /** The index of the collections does not answer just now. */
    z.object({ kind: z.literal('index-unavailable') }),
    z.object({ kind: z.literal('no-desktop'), path: z.string().max(2000) }),
    /** The far end is gone; raised by the client, never sent. */
    z.object({ kind: z.literal('disconnected') }),
    z.object({ kind: z.literal('bug'), incident: z.string().max(40) }),
  ]),
);
