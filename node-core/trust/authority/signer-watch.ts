import { describeFailure } from '../../api/failure-sentences.ts';
import { failureOf } from '../../api/failures.ts';
import type { Clock, Timer } from '../../protocol/ports/clock.ts';
import type { SignerClient } from '../signer/signer-client.ts';

/** How often the signer is looked at, ms. */
const lookEveryMs = 60_000;

/** What is known of the signer. Times: ms since the epoch, by this computer's clock. */
export interface SignerFacts {
  /** Why nothing can be issued, and since when that is known; `null`: it can. */
  readonly trouble: { readonly since: number; readonly sentence: string } | null;
  /** When the signer was last asked something; `null`: not in this run. */
  readonly lookedAt: number | null;
}

/** What of central's standing says whether it can issue. */
interface Standing {
  standing(): unknown;
  obstacle(): string | null;
  onChange(listener: () => void): () => void;
}

export interface SignerWatchOptions {
  /** Asks the signer something that only one that lives answers. Rejects within a bounded time. */
  ask(): Promise<unknown>;
  readonly clock: Pick<Clock, 'now' | 'every'>;
}

/** Knows whether the signer of a central process answers: by looks every minute, and by whatever else it is asked. */
export interface SignerWatch {
  /** The same signer; how it answers is heard. */
  hear(signer: SignerClient): SignerClient;
  /** Looks once, then begins to look by itself. @param onChange told when the trouble has changed */
  start(standing: Standing, onChange: () => void): Promise<void>;
  /** Never rejects; joins a look that runs. */
  look(): Promise<void>;
  facts(): SignerFacts;
  stop(): void;
}

export function createSignerWatch(options: SignerWatchOptions): SignerWatch {
  return new Watch(options);
}

class Watch implements SignerWatch {
  readonly #options: SignerWatchOptions;
  #standing: Standing | null = null;
  #onChange: () => void = () => undefined;
  #lookedAt: number | null = null;
  /** Why the signer did not answer the last time. */
  #silence: string | null = null;
  /** What hindered the last renewal of central's own certificate, where that was silence: an answer outdates it. */
  #hinderedBySilence: string | null = null;
  #trouble: SignerFacts['trouble'] = null;
  #looking: Promise<void> | null = null;
  #timer: Timer | null = null;
  #endListening: () => void = () => undefined;

  constructor(options: SignerWatchOptions) {
    this.#options = options;
  }

  hear(signer: SignerClient): SignerClient {
    return {
      anchor: () => this.#heard(signer.anchor()),
      signCertificate: (body) => this.#heard(signer.signCertificate(body)),
      signRevocations: (list) => this.#heard(signer.signRevocations(list)),
      close: () => signer.close(),
    };
  }

  async start(standing: Standing, onChange: () => void): Promise<void> {
    this.#standing = standing;
    this.#endListening = standing.onChange(() => this.#renewalTried());
    this.#timer = this.#options.clock.every(lookEveryMs, () => void this.look());
    await this.look();
    this.#onChange = onChange;
  }

  look(): Promise<void> {
    this.#looking ??= this.#look().finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  facts(): SignerFacts {
    // A certificate ends without anybody being told.
    this.#judge();
    return { trouble: this.#trouble, lookedAt: this.#lookedAt };
  }

  stop(): void {
    this.#timer?.cancel();
    this.#endListening();
    this.#onChange = () => undefined;
  }

  async #look(): Promise<void> {
    try {
      await this.#options.ask();
      this.#note(null);
    } catch (error) {
      this.#note(sentenceOf(error));
    }
  }

  async #heard<T>(asking: Promise<T>): Promise<T> {
    try {
      const answer = await asking;
      this.#note(null);
      return answer;
    } catch (error) {
      // Who refuses one certificate has answered, and may sign the next.
      this.#note(failureOf(error)?.kind === 'signer-refused' ? null : sentenceOf(error));
      throw error;
    }
  }

  #note(silence: string | null): void {
    this.#lookedAt = this.#options.clock.now();
    this.#silence = silence;
    this.#judgeAndTell();
  }

  #renewalTried(): void {
    const obstacle = this.#standing?.obstacle() ?? null;
    this.#hinderedBySilence = obstacle === this.#silence ? obstacle : null;
    this.#judgeAndTell();
  }

  #judgeAndTell(): void {
    if (this.#judge()) this.#onChange();
  }

  /** Whether the trouble is another one now. */
  #judge(): boolean {
    const sentence = this.#silence ?? this.#obstacle();
    if (sentence === (this.#trouble?.sentence ?? null)) return false;
    const since = this.#trouble?.since ?? this.#options.clock.now();
    this.#trouble = sentence === null ? null : { since, sentence };
    return true;
  }

  #obstacle(): string | null {
    const obstacle = this.#standing?.obstacle() ?? null;
    const isOutdated = obstacle === this.#hinderedBySilence && this.#standing?.standing() !== null;
    return isOutdated ? null : obstacle;
  }
}

function sentenceOf(error: unknown): string {
  const failure = failureOf(error);
  return failure === null ? 'The signer could not be asked, and the log says why.' : describeFailure(failure);
}
