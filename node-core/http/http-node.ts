import type { AgentView } from '../api/agent-views.ts';
import type { Channel } from '../api/channel.ts';
import type { ModelView } from '../api/model-views.ts';
import type { StatusView } from '../api/node-views.ts';
import type { ReportBug } from '../api/server.ts';
import type { Answerer } from '../protocol/ports/answers.ts';
import type { Clock } from '../protocol/ports/clock.ts';
import type { Readiness } from '../protocol/readiness.ts';
import type { PageSessions } from './page-sessions.ts';

/** What the HTTP server takes from the node behind it. */
export interface HttpNode {
  readonly version: string;
  /** What the node was told to listen on. */
  readonly listenHost: string;
  /** Folder of the built page, or `null`. */
  readonly page: string | null;
  readonly clock: Clock;
  readonly ids: () => string;
  readonly answerer: Answerer;
  readonly sessions: PageSessions;
  /** Of this run; for the commands. */
  readonly adminToken: string;
  /** For `/chat`, `/v1` and `/status`. */
  chatToken(): Promise<string>;
  readiness(): Readiness;
  status(): StatusView;
  agents(): readonly AgentView[];
  models(): readonly ModelView[];
  defaultAgentId(): Promise<string>;
  /** Serves the contract over a channel. */
  attach(channel: Channel): void;
  readonly reportBug: ReportBug;
}
