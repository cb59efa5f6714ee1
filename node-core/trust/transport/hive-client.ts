import type { JsonValue } from '../../protocol/json-value.ts';

/** One request to another node's hive listener (protocol.md, section 4). */
export interface HiveCall {
  readonly method: 'GET' | 'POST';
  /** `https://host:port`, or http to loopback. Nothing after the port. */
  readonly base: string;
  /** Path and query. */
  readonly path: string;
  /** Sent as JSON; absent: an empty body. */
  readonly body?: JsonValue;
  /**
   * SHA-256 of the one public key (SPKI) that is accepted, whatever name and dates its certificate states; `null`: the
   * system's roots and `HEVOLVE_CA_BUNDLE`, and then the name and the dates count.
   */
  readonly pin: string | null;
  /** `node`: with the node's key; `member`: and with the federation key, where this node has one. */
  readonly signed: 'no' | 'node' | 'member';
  /** Sends the node's chain along, in `Nunba-Certificate`. */
  readonly presentsChain?: boolean;
  readonly etag?: string;
  readonly signal: AbortSignal;
}

export type UnreachableCause = 'dns' | 'refused' | 'tls' | 'timeout' | 'closed' | 'network' | 'too-large' | 'not-json';

export type HiveAnswer =
  | {
      readonly kind: 'answered';
      readonly status: number;
      /** `null` for an empty one (304). */
      readonly body: JsonValue;
      readonly retryAfterSeconds: number | null;
      readonly etag: string | null;
      /** Pin of the certificate that was shown; `null` over http. */
      readonly shownPin: string | null;
    }
  | { readonly kind: 'unreachable'; readonly cause: UnreachableCause };

/**
 * Speaks with other nodes: TLS verified, no redirects, 15 s, answers of at most 1 MiB. A signed request that is refused
 * with `{reason: "clock", now}` over verified TLS is signed once more with hive time; the difference is kept.
 */
export interface HiveClient {
  /** Rejects only when aborted. */
  request(call: HiveCall): Promise<HiveAnswer>;
}
