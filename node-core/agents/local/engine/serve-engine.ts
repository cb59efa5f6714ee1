import { giveWay } from '../../../platform/give-way.ts';
import { describeError } from '../../../protocol/describe-error.ts';
import { EmbeddingSession } from './embedding-session.ts';
import {
  type EmbedOrder,
  type FromEngine,
  type GenerateOrder,
  type LoadOrder,
  toEngineSchema,
} from './engine-messages.ts';
import { EngineSession } from './engine-session.ts';
import { EngineUnusable, importLlama, saysNoRoom, TooLittleMemory } from './llama-module.ts';

/** The line to the node. */
export interface EngineLine {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

/** How often the engine says that it is alive, ms. */
const aliveMs = 1_000;

/** Serves one model to the node, for as long as this process lives. */
export function serveEngine(line: EngineLine): void {
  const tell = (news: FromEngine): void => line.send(news);
  const running = new Map<number, AbortController>();
  let session: Promise<EngineSession | EmbeddingSession> | null = null;

  const load = async (order: LoadOrder): Promise<void> => {
    if (session) return;
    // Nobody waits for most embeddings.
    if (order.use === 'embeddings') giveWay();
    session = importLlama(order.folder).then(
      (llama): Promise<EngineSession | EmbeddingSession> =>
        order.use === 'answers' ? EngineSession.load(llama, order) : EmbeddingSession.load(llama, order),
    );
    try {
      tell({ kind: 'loaded', contextTokens: (await session).contextTokens });
    } catch (error) {
      tell({ kind: 'unloadable', cause: causeOf(error), detail: detailOf(error) });
    }
  };
  const work = async (order: GenerateOrder | EmbedOrder): Promise<void> => {
    const abort = new AbortController();
    running.set(order.id, abort);
    try {
      if (!session) throw new Error('no model is loaded');
      await obey(await session, order, abort.signal, tell);
    } catch (error) {
      const cause = isMemoryError(error) ? 'memory' : 'bug';
      if (abort.signal.aborted)
        tell({ kind: 'done', id: order.id, reason: 'aborted', inputTokens: 0, outputTokens: 0 });
      else tell({ kind: 'refused', id: order.id, cause, detail: placeOf(error) });
    } finally {
      running.delete(order.id);
    }
  };
  const abort = (id: number): void => {
    const order = running.get(id);
    if (order) order.abort();
    // It has ended already: whoever waits for its end is told.
    else tell({ kind: 'done', id, reason: 'aborted', inputTokens: 0, outputTokens: 0 });
  };
  line.onMessage((message) => {
    const order = toEngineSchema.safeParse(message);
    if (!order.success) return;
    if (order.data.kind === 'load') void load(order.data);
    else if (order.data.kind === 'abort') abort(order.data.id);
    else void work(order.data);
  });
  tell({ kind: 'alive' });
  setInterval(() => tell({ kind: 'alive' }), aliveMs);
}

/** @throws if the model is loaded for something else */
async function obey(
  session: EngineSession | EmbeddingSession,
  order: GenerateOrder | EmbedOrder,
  signal: AbortSignal,
  tell: (news: FromEngine) => void,
): Promise<void> {
  if (session instanceof EngineSession && order.kind === 'generate') return session.generate(order, signal, tell);
  if (session instanceof EmbeddingSession && order.kind === 'embed') return session.embed(order, signal, tell);
  throw new Error('the model is loaded for something else');
}

const causeOf = (error: unknown): 'memory' | 'engine' | 'load' =>
  isMemoryError(error) ? 'memory' : error instanceof EngineUnusable ? 'engine' : 'load';

const isMemoryError = (error: unknown): boolean =>
  error instanceof TooLittleMemory ||
  (error instanceof Error && saysNoRoom(`${error.name} ${error.constructor.name} ${error.message}`));

const detailOf = (error: unknown): string =>
  (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(0, 500);

/** What an error is, and where: its message could hold a part of the chat. */
const placeOf = (error: unknown): string => {
  const described = describeError(error);
  return (typeof described === 'string' ? typeof error : `${described.name} ${described.at?.[0] ?? ''}`).slice(0, 500);
};
