import { z } from 'zod';

/** Most servers of tools that one node keeps. */
export const maxToolServers = 50;

const name = z.string().trim().min(1).max(60);
/** An environment variable or header and its value; `null`: the value that is kept already. */
const namedSecret = z.object({ name: z.string().trim().min(1).max(200), value: z.string().max(10_000).nullable() });

/** A server as the person enters it. */
export const toolServerDraftSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('stdio'),
      name,
      /** A program, found by PATH or named by an absolute path; never a line for a shell. */
      command: z.string().trim().min(1).max(4096),
      args: z.array(z.string().max(4096)).max(100),
      /** Absolute; `null`: the person's home folder. */
      folder: z.string().trim().max(4096).nullable(),
      environment: z.array(namedSecret).max(50),
    }),
    z.object({
      kind: z.literal('http'),
      name,
      url: z.string().trim().min(1).max(2000),
      headers: z.array(namedSecret).max(20),
    }),
  ]),
);
export type ToolServerDraft = z.infer<typeof toolServerDraftSchema>;

const names = z.array(z.string().max(200)).max(50);

/** What a server is, without the values of its environment and headers, which are never told again. */
export const toolServerDefinitionSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('stdio'),
      command: z.string().max(4096),
      args: z.array(z.string().max(4096)).max(100),
      folder: z.string().max(4096).nullable(),
      environmentNames: names,
    }),
    z.object({ kind: z.literal('http'), url: z.string().max(2000), headerNames: names }),
  ]),
);
export type ToolServerDefinition = z.infer<typeof toolServerDefinitionSchema>;

/** Why a server cannot be used. Sentences: tool-server-sentences.ts; `detail` stands in them. */
export const toolServerTroubleSchema = z.lazy(() =>
  z.object({
    kind: z.enum([
      'no-program',
      'not-allowed',
      'no-folder',
      'ended',
      'silent-start',
      'hung',
      'flood',
      'too-large',
      'not-mcp',
      'unauthorized',
      'http-status',
      'redirected',
      'unreachable',
      'keys-locked',
    ]),
    /** A host, an exit code, a program: plain text, cut. */
    detail: z.string().max(500),
  }),
);
export type ToolServerTrouble = z.infer<typeof toolServerTroubleSchema>;

/** Times are ms since the epoch. */
export const toolServerStateSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    /** Does not run. Once it is confirmed it is started when an agent that may use it is asked. */
    z.object({ kind: z.literal('off') }),
    z.object({ kind: z.literal('starting'), since: z.number() }),
    z.object({
      kind: z.literal('ready'),
      since: z.number(),
      /** As the server calls itself. */
      serverName: z.string().max(200),
      serverVersion: z.string().max(100),
      protocolVersion: z.string().max(40),
    }),
    /** `retryAt`: when it is tried again by itself; `null`: not before somebody connects it. */
    z.object({
      kind: z.literal('failing'),
      since: z.number(),
      trouble: toolServerTroubleSchema,
      retryAt: z.number().nullable(),
    }),
    /** The person stopped it; it is not started before they connect it again. */
    z.object({ kind: z.literal('stopped'), since: z.number() }),
  ]),
);
export type ToolServerState = z.infer<typeof toolServerStateSchema>;

/** A tool as its server lists it. */
export const serverToolSchema = z.lazy(() =>
  z.object({
    name: z.string().max(200),
    /** The name by which models call it and permissions know it. */
    callName: z.string().max(64),
    /** The server's own words: not to be trusted. */
    description: z.string().max(4000),
    /** The server says that it only reads; nobody checks that. */
    saysItOnlyReads: z.boolean(),
    /** When its description or arguments changed last, since when lasting permissions for it have ended; `null`: never. */
    changedAt: z.number().nullable(),
  }),
);
export type ServerToolView = z.infer<typeof serverToolSchema>;

export const toolServerSchema = z.lazy(() =>
  z.object({
    id: z.string().max(60),
    name: z.string().max(60),
    definition: toolServerDefinitionSchema,
    /** Exactly what is run or asked, in one line. */
    line: z.string().max(25_000),
    /** The person has confirmed exactly this line. */
    isConfirmed: z.boolean(),
    state: toolServerStateSchema,
    /** As they were listed last. */
    tools: z.array(serverToolSchema).max(200),
    /** Tools that the server offers and that are left out, being too many, too large or malformed. */
    leftOutCount: z.number().int().nonnegative(),
  }),
);
export type ToolServerView = z.infer<typeof toolServerSchema>;

/** One entry of a file of servers, before anything is added. `key` is its name in the file. */
export const importEntrySchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('server'),
      key: z.string().max(200),
      name: z.string().max(60),
      definition: toolServerDefinitionSchema,
      line: z.string().max(25_000),
      /** The same one is here already. */
      isKnown: z.boolean(),
    }),
    /** `reason` is a sentence. */
    z.object({ kind: z.literal('refused'), key: z.string().max(200), reason: z.string().max(500) }),
  ]),
);
export type ImportEntry = z.infer<typeof importEntrySchema>;
