import { z } from 'zod';
import { nodeStates } from '../protocol/node-state.ts';
import { failureSchema } from './failure-schema.ts';
import { healthCheckSchema, stateReasonSchema } from './health-views.ts';
import { idSchema } from './ids.ts';

/** A node's place in a hive, as far as every status shows it; the rest is in `trust.get`. */
const hiveStatusSchema = z.lazy(() =>
  z.object({
    /** How it calls itself; `null`: it has no name, or none was said yet. */
    name: z.string().max(60).nullable(),
    /** 64 hex; `null` while nobody is trusted yet. */
    anchor: z.string().max(64).nullable(),
    /** Whom it belongs to or applies at; `null` at central. */
    parentUrl: z.string().max(500).nullable(),
    /** When the parent last proved itself, ms since the epoch. */
    parentVerifiedAt: z.number().nullable(),
    /** Of its certificate, ms since the epoch; `null`: it has none. */
    certificateEndsAt: z.number().nullable(),
    mayIssue: z.boolean(),
    /** Where its own hive listener answers. */
    address: z.string().max(500).nullable(),
    isInsecureLab: z.boolean(),
    /** Central alone: its user can read the master key. */
    isMasterKeyHere: z.boolean(),
  }),
);

/** What the sidebar's foot, the tray, `nunba-node status` and `/status` say; one value for all. */
export const statusSchema = z.lazy(() =>
  z.object({
    state: z.enum(nodeStates),
    /** Everything that holds, the weightiest first. Its first one is why the state is what it is. */
    reasons: z.array(stateReasonSchema),
    /** What was looked at, the worst first; what hangs on a check that has failed stands below it. */
    checks: z.array(healthCheckSchema),
    tier: z.enum(['flat', 'regional', 'local', 'central']),
    /** `null`: it stands alone and joins nothing. */
    hive: hiveStatusSchema.nullable(),
    version: z.string(),
    /** ms since the epoch */
    startedAt: z.number(),
    /** ms since the epoch; when this was put together */
    at: z.number(),
    dataFolder: z.string(),
    /** `http://127.0.0.1:6777`, or `null` when the node does not listen. */
    address: z.string().nullable(),
    /** The model that answers by default: its name, or `null`. */
    model: z.string().nullable(),
    /** When that model's host last answered a request of this run, ms since the epoch; `null`: not asked, or not heard. */
    modelAnsweredAt: z.number().nullable(),
    runningTurns: z.number().int().nonnegative(),
  }),
);
export type StatusView = z.infer<typeof statusSchema>;

export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']),
  language: z.enum(['system', 'en']),
  /** The person has left the welcome page once. */
  isWelcomed: z.boolean(),
  /** Show time to first token and tokens per second under each answer. */
  showTimings: z.boolean(),
  defaultAgentId: z.string().max(60),
  /** Agents that may are offered to run commands; each one is asked for all the same. */
  allowCommands: z.boolean(),
});
export type Settings = z.infer<typeof settingsSchema>;

export const defaultSettings: Settings = {
  theme: 'system',
  language: 'system',
  isWelcomed: false,
  showTimings: false,
  defaultAgentId: 'nunba',
  allowCommands: false,
};

/** Why a backup was made: somebody asked, or Nunba is about to do what must be possible to take back. */
export const backupReasonSchema = z.enum([
  'asked',
  'before-migration',
  'before-restore',
  'before-update',
  /** A database that was found damaged, byte for byte, when a backup took its place. */
  'damaged',
]);

export const backupSchema = z.object({
  /** File name in the `backups` folder. */
  name: z.string().regex(/^[A-Za-z0-9._-]{1,120}\.db$/),
  at: z.number(),
  sizeBytes: z.number(),
  /** All but `asked` are made by Nunba. */
  reason: backupReasonSchema,
});
export type BackupView = z.infer<typeof backupSchema>;

const counts = z.object({ conversations: z.number().int(), messages: z.number().int() });

export const storageSchema = z.lazy(() =>
  z.object({
    folder: z.string(),
    databaseBytes: z.number(),
    backupsBytes: z.number(),
    /** Free space on the volume. */
    freeBytes: z.number(),
    /** `null`: the database is too damaged to be read. */
    counts: counts.nullable(),
    /** The program that synchronises the folder (OneDrive, iCloud, Dropbox), or `null`. */
    synchronisedBy: z.string().nullable(),
    backups: z.array(backupSchema),
    /** The last full check of the database in this run. */
    lastCheck: z.object({ at: z.number(), problems: z.array(z.string()) }).nullable(),
  }),
);
export type StorageView = z.infer<typeof storageSchema>;

export const restorePreviewSchema = z.lazy(() =>
  z.object({
    backup: backupSchema,
    inBackup: counts,
    /** `null`: the present is too damaged to be read. */
    inPresent: counts.nullable(),
    /** Conversations that a merge would bring back. */
    onlyInBackup: z.array(z.object({ id: idSchema, title: z.string(), updatedAt: z.number() })).max(50),
    onlyInBackupCount: z.number().int(),
    /** Conversations that a replacement would remove from view (a copy of the present is kept). */
    onlyInPresentCount: z.number().int(),
  }),
);

/** A host that the app may contact, and why; the same table that the network rules are made of. */
export const contactSchema = z.lazy(() =>
  z.object({
    host: z.string(),
    purpose: z.enum(['model', 'model-discovery', 'model-download', 'engine', 'tool-server', 'page', 'hive']),
    /** Name of the provider or program. */
    name: z.string(),
    location: z.enum(['this-computer', 'local-network', 'cloud']),
  }),
);

export const apiInfoSchema = z.lazy(() =>
  z.object({
    /** `null`: the node serves no HTTP in this shell. */
    address: z.string().nullable(),
    port: z.number().int().nullable(),
    openAiAddress: z.string().nullable(),
    /** Why it does not listen where it was told to: on another port, or, without an address, not at all. */
    obstacle: failureSchema.nullable(),
  }),
);

export const aboutSchema = z.lazy(() =>
  z.object({
    version: z.string(),
    dataFolder: z.string(),
    runtime: z.string(),
    licences: z.array(z.object({ name: z.string(), version: z.string(), licence: z.string() })),
    contacts: z.array(contactSchema),
  }),
);
