import { onTestFinished } from 'vitest';
import type { AgentView } from '../../node-core/api/agent-views.ts';
import type { ModelView } from '../../node-core/api/model-views.ts';
import type { HttpNode } from '../../node-core/http/http-node.ts';
import { createPageSessions } from '../../node-core/http/page-sessions.ts';
import { listenAt } from '../../node-core/http/personal-listener.ts';
import type { AnswerEvent, AnswerRequest } from '../../node-core/protocol/ports/answers.ts';
import type { Secrets } from '../../node-core/protocol/ports/host.ts';
import { createIds } from '../builders/ids.ts';
import { statusView } from '../builders/status-view.ts';
import { createFakeClock, type FakeClock } from './clock.ts';

export const chatToken = 'chat-token-of-the-tests-0123456789';
export const adminToken = 'admin-token-of-the-tests-0123456789';

const agent = (id: string): AgentView => ({
  id,
  name: id,
  description: '',
  instructions: 'Help.',
  greeting: '',
  model: null,
  tools: [],
  servers: [],
  knowledge: [],
  source: 'shipped',
  engine: 'model',
  leaves: 'nothing',
  isDefault: id === 'nunba',
});

const model = (providerId: string, modelId: string): ModelView => ({
  ref: `${providerId}/${modelId}`,
  providerId,
  modelId,
  name: modelId,
  location: { kind: 'this-computer' },
  canSee: false,
});

/** What answers, and how it was asked. */
export type PlayedAnswer = (request: AnswerRequest, signal: AbortSignal) => AsyncIterable<AnswerEvent>;

/** An answer in two pieces, with its counts. */
export async function* plainAnswer(request: AnswerRequest): AsyncGenerator<AnswerEvent> {
  const last = request.history.at(-1);
  yield { kind: 'text', text: 'You said: ' };
  yield { kind: 'text', text: last?.role === 'user' ? last.text : '' };
  yield { kind: 'usage', inputTokens: 12, outputTokens: 3 };
  yield { kind: 'finish', reason: 'complete' };
}

/** Secrets that last as long as the test. */
export function memorySecrets(): Secrets & { readonly kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return {
    kept,
    read: async (name) => kept.get(name) ?? null,
    write: async (name, value) => void kept.set(name, value),
    remove: async (name) => void kept.delete(name),
  };
}

/** A real listener on 127.0.0.1 with a scripted node behind it. */
export interface TestListener {
  readonly node: HttpNode;
  readonly address: string;
  readonly port: number;
  readonly clock: FakeClock;
  /** Requests that the answerer got, oldest first. */
  readonly asked: AnswerRequest[];
  /** Bugs that were reported. */
  readonly bugs: unknown[];
  /** A request to the listener; with the chat token unless `headers` say otherwise. */
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
}

export async function startTestListener(
  answer: PlayedAnswer = plainAnswer,
  changes: Partial<HttpNode> = {},
): Promise<TestListener> {
  const clock = createFakeClock(Date.UTC(2026, 5, 1));
  const asked: AnswerRequest[] = [];
  const bugs: unknown[] = [];
  const node: HttpNode = {
    version: '1.2.3',
    listenHost: '127.0.0.1',
    page: null,
    clock,
    ids: createIds(),
    answerer: {
      answer(request, signal) {
        asked.push(request);
        return answer(request, signal);
      },
    },
    sessions: createPageSessions(clock, memorySecrets()),
    adminToken,
    chatToken: async () => chatToken,
    readiness: () => 'ready',
    status: () => statusView({ version: '1.2.3', address: 'http://127.0.0.1:6777', model: null }),
    agents: () => [agent('nunba'), agent('guide')],
    models: () => [model('one', 'llama'), model('two', 'llama'), model('two', 'org/qwen')],
    defaultAgentId: async () => 'nunba',
    attach: (channel) => channel.close(),
    reportBug: (error) => {
      bugs.push(error);
      return 'INCIDENT';
    },
    ...changes,
  };
  const { address, port, close } = await listenAt(node, '127.0.0.1', 0);
  onTestFinished(close);
  const authorization = `Bearer ${chatToken}`;
  return {
    node,
    address,
    port,
    clock,
    asked,
    bugs,
    get: (path, headers = { authorization }) => fetch(`${address}${path}`, { headers }),
    post: (path, body, headers = { authorization }) =>
      fetch(`${address}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
  };
}
