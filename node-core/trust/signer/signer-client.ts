import { FailureError } from '../../api/failures.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import { signedBytes } from '../../protocol/trust/canonical.ts';
import { type CertificateBody, certificateBytes } from '../../protocol/trust/certificate.ts';
import type { VerifySignature } from '../../protocol/trust/key-text.ts';
import type { RevocationList } from '../../protocol/trust/revocation-list.ts';
import type { SignerLink } from './json-lines.ts';
import { ConnectionLost, openConnection, type SignerConnection } from './signer-connection.ts';
import { type SignerRefusal, signerRefusals } from './signer-messages.ts';

/**
 * The signer as its node sees it. Rejects with a FailureError: `signer-unreachable`, `signer-refused`, or
 * `master-key-unusable` where the signer has no key.
 */
export interface SignerClient {
  /** Whose key it has, 64 hex. The first answer holds: another one later is refused. */
  anchor(): Promise<string>;
  /** 128 hex */
  signCertificate(body: CertificateBody): Promise<string>;
  /** 128 hex */
  signRevocations(list: RevocationList): Promise<string>;
  /** Ends the connection; what waits is rejected. Idempotent. */
  close(): void;
}

export interface SignerClientOptions {
  /** Opens a connection; rejects if there is none. */
  connect(): Promise<SignerLink>;
  readonly clock: Pick<Clock, 'after'>;
  readonly verify: VerifySignature;
  /** The anchor that it must have; `null`: whatever it says first. */
  readonly expectedAnchor?: string | null;
  /** For the connection and for each answer, ms. Default 10,000. */
  readonly timeoutMs?: number;
}

/** Connects when it is first asked, and again after a connection was lost; then what was asked is asked once more. */
export function createSignerClient(options: SignerClientOptions): SignerClient {
  return new ReconnectingClient(options);
}

type Question =
  | { readonly kind: 'certificate'; readonly body: CertificateBody }
  | { readonly kind: 'revocations'; readonly list: RevocationList };

class ReconnectingClient implements SignerClient {
  readonly #options: SignerClientOptions;
  #connection: Promise<SignerConnection> | null = null;
  #anchor: string | null;
  #isClosed = false;

  constructor(options: SignerClientOptions) {
    this.#options = options;
    this.#anchor = options.expectedAnchor ?? null;
  }

  anchor(): Promise<string> {
    return this.#withConnection(async ({ anchor }) => anchor);
  }

  signCertificate(body: CertificateBody): Promise<string> {
    return this.#ask({ kind: 'certificate', body }, certificateBytes(body));
  }

  signRevocations(list: RevocationList): Promise<string> {
    return this.#ask({ kind: 'revocations', list }, signedBytes('revocation', list));
  }

  close(): void {
    this.#isClosed = true;
    this.#connection?.then(
      (connection) => connection.close(),
      () => undefined,
    );
  }

  #ask(question: Question, bytes: Uint8Array): Promise<string> {
    return this.#withConnection(async (connection) => {
      const reply = await connection.ask(question);
      if (reply.kind === 'failed') throw unreachable('it failed, and its log says how');
      if (reply.kind === 'refused') throw refused(reasonFor(question, reply.reason));
      if (this.#options.verify(bytes, reply.signature, connection.anchor)) return reply.signature;
      throw refused('what it sent is no signature of its key');
    });
  }

  /** Signing the same again gives the same, so a lost connection costs nothing but a second try. */
  async #withConnection<T>(work: (connection: SignerConnection) => Promise<T>): Promise<T> {
    const first = await this.#try(work);
    if (first.kind === 'done') return first.value;
    const second = await this.#try(work);
    if (second.kind === 'done') return second.value;
    throw unreachable(second.lost.message, second.lost);
  }

  async #try<T>(
    work: (connection: SignerConnection) => Promise<T>,
  ): Promise<{ kind: 'done'; value: T } | { kind: 'lost'; lost: ConnectionLost }> {
    try {
      return { kind: 'done', value: await work(await this.#connected()) };
    } catch (error) {
      if (error instanceof ConnectionLost) return { kind: 'lost', lost: error };
      throw error;
    }
  }

  #connected(): Promise<SignerConnection> {
    if (this.#isClosed) throw unreachable('the node is stopping');
    if (this.#connection !== null) return this.#connection;
    const opening = this.#open();
    this.#connection = opening;
    const forget = (): void => {
      if (this.#connection === opening) this.#connection = null;
    };
    opening.then((connection) => connection.ended.then(forget), forget);
    return opening;
  }

  async #open(): Promise<SignerConnection> {
    const { connect, clock, timeoutMs = 10_000 } = this.#options;
    const connection = await openConnection({ connect, clock, timeoutMs });
    if (this.#anchor !== null && this.#anchor !== connection.anchor) {
      connection.close();
      throw refused('it has the key of another hive');
    }
    this.#anchor = connection.anchor;
    return connection;
  }
}

/** Whoever is not listed is named, so that a steward can list it. */
function reasonFor(question: Question, reason: SignerRefusal): string {
  const sentence = signerRefusals[reason];
  return reason === 'not-listed' && question.kind === 'certificate'
    ? `${sentence} ${question.body.public_key}`
    : sentence;
}

const unreachable = (reason: string, cause?: unknown): FailureError =>
  new FailureError({ kind: 'signer-unreachable', reason: reason.slice(0, 300) }, { cause });

const refused = (reason: string): FailureError => new FailureError({ kind: 'signer-refused', reason });
