import { FailureError } from '../../api/failures.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import { type SignerLink, speakLines } from './json-lines.ts';
import { type SignerReply, type SignerRequest, signerReplySchema } from './signer-messages.ts';

/** There is no connection, or it ended before the answer. The message is the end of a sentence. */
export class ConnectionLost extends Error {}

type Answer = Extract<SignerReply, { id: number }>;
type Question = SignerRequest extends infer R ? (R extends SignerRequest ? Omit<R, 'id'> : never) : never;

/** One connection that the signer has greeted. */
export interface SignerConnection {
  readonly anchor: string;
  /** Rejects with ConnectionLost when it ends before, or nothing comes in time; then the connection is ended, too. */
  ask(question: Question): Promise<Answer>;
  close(): void;
  /** Resolves when it is over. */
  readonly ended: Promise<void>;
}

export interface ConnectionOptions {
  connect(): Promise<SignerLink>;
  readonly clock: Pick<Clock, 'after'>;
  readonly timeoutMs: number;
}

/** Opens one and waits for the greeting. Rejects with ConnectionLost, or with `master-key-unusable`. */
export async function openConnection(options: ConnectionOptions): Promise<SignerConnection> {
  const { clock, timeoutMs } = options;
  const late = Promise.withResolvers<never>();
  const timer = clock.after(timeoutMs, () => late.reject(new ConnectionLost('it does not answer in time')));
  const connecting = options.connect();
  try {
    const link = await Promise.race([connecting, late.promise]).catch(asLost);
    const connection = new LineConnection(link, options);
    const anchor = await Promise.race([connection.greeting, late.promise]).catch((error: unknown) => {
      connection.close();
      throw error;
    });
    return Object.assign(connection, { anchor });
  } catch (error) {
    // One that comes after all is of no use any more.
    connecting.then(closeLink, () => undefined);
    throw error;
  } finally {
    timer.cancel();
  }
}

function closeLink({ readable, writable }: SignerLink): void {
  readable.destroy();
  writable.destroy();
}

function asLost(error: unknown): never {
  if (error instanceof ConnectionLost || error instanceof FailureError) throw error;
  throw new ConnectionLost(error instanceof Error ? error.message : 'unknown cause', { cause: error });
}

class LineConnection {
  readonly ended: Promise<void>;
  readonly greeting: Promise<string>;
  readonly #greeted = Promise.withResolvers<string>();
  readonly #waiting = new Map<number, PromiseWithResolvers<Answer>>();
  readonly #lines: ReturnType<typeof speakLines>;
  readonly #options: ConnectionOptions;
  #lastId = 0;
  #isOver = false;

  constructor(link: SignerLink, options: ConnectionOptions) {
    this.#options = options;
    const ending = Promise.withResolvers<void>();
    this.ended = ending.promise;
    this.greeting = this.#greeted.promise;
    this.#lines = speakLines(link, {
      take: (value) => this.#take(signerReplySchema.parse(value)),
      ended: () => {
        this.#isOver = true;
        const lost = new ConnectionLost('it ended the connection');
        this.#greeted.reject(lost);
        for (const { reject } of this.#waiting.values()) reject(lost);
        ending.resolve();
      },
    });
  }

  close(): void {
    this.#lines.close();
  }

  async ask(question: Question): Promise<Answer> {
    if (this.#isOver) throw new ConnectionLost('it ended the connection');
    this.#lastId += 1;
    const id = this.#lastId;
    const waiting = Promise.withResolvers<Answer>();
    this.#waiting.set(id, waiting);
    const timer = this.#options.clock.after(this.#options.timeoutMs, () => {
      waiting.reject(new ConnectionLost('it does not answer in time'));
      this.close();
    });
    this.#lines.send({ id, ...question });
    try {
      return await waiting.promise;
    } finally {
      timer.cancel();
      this.#waiting.delete(id);
    }
  }

  #take(reply: SignerReply): void {
    switch (reply.kind) {
      case 'hello':
        this.#greeted.resolve(reply.anchor);
        break;
      case 'unusable': {
        const { path, reason } = reply;
        this.#greeted.reject(new FailureError({ kind: 'master-key-unusable', path, reason }));
        break;
      }
      default:
        this.#waiting.get(reply.id)?.resolve(reply);
    }
  }
}
