import { z } from 'zod';

/**
 * A pipe that carries frames both ways and in order: a WebSocket, a MessagePort, or a pair in one process.
 * Frames are plain JSON values; a channel that carries text does the JSON itself.
 */
export interface Channel {
  post(frame: unknown): void;
  /** One listener; set before the first frame can arrive. */
  onFrame(listener: (frame: unknown) => void): void;
  /** Called once when the channel has gone, whoever closed it. At once if it has gone already. */
  onClose(listener: () => void): void;
  /** Idempotent. */
  close(): void;
}

/** The most bytes of one frame: an attachment of 10 MiB as base64, with room for its envelope. */
export const maxFrameBytes = 16 * 1024 * 1024;

/** birpc's envelope: a request `q` or an answer `s`. Everything that is not exactly this is refused. */
export const frameSchema = z.discriminatedUnion('t', [
  z.strictObject({
    t: z.literal('q'),
    i: z.string().max(100).optional(),
    m: z.enum(['call', 'open', 'close', 'item', 'ended']),
    a: z.array(z.unknown()).max(3),
    o: z.boolean().optional(),
  }),
  z.strictObject({ t: z.literal('s'), i: z.string().max(100), r: z.unknown().optional(), e: z.unknown().optional() }),
]);

/** Two ends of one channel within a process; frames are copied and arrive in a later microtask, as on a wire. */
export function channelPair(): readonly [Channel, Channel] {
  const ends = [new PairEnd(), new PairEnd()] as const;
  ends[0].peer = ends[1];
  ends[1].peer = ends[0];
  return ends;
}

class PairEnd implements Channel {
  peer: PairEnd | null = null;
  #frame: ((frame: unknown) => void) | null = null;
  #waiting: unknown[] = [];
  #close: (() => void)[] = [];
  #isClosed = false;

  post(frame: unknown): void {
    const copy: unknown = JSON.parse(JSON.stringify(frame));
    const peer = this.peer;
    if (!this.#isClosed && peer) void Promise.resolve().then(() => peer.deliver(copy));
  }

  onFrame(listener: (frame: unknown) => void): void {
    this.#frame = listener;
    for (const frame of this.#waiting.splice(0)) listener(frame);
  }

  onClose(listener: () => void): void {
    if (this.#isClosed) listener();
    else this.#close.push(listener);
  }

  close(): void {
    this.end();
    this.peer?.end();
  }

  /** For the other end only. */
  deliver(frame: unknown): void {
    if (this.#isClosed) return;
    if (this.#frame) this.#frame(frame);
    else this.#waiting.push(frame);
  }

  /** For the other end only. */
  end(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    for (const listener of this.#close.splice(0)) listener();
  }
}
