import type { CertificateChain } from '../../protocol/trust/certificate.ts';
import type { EnrolmentRefusal } from '../../protocol/trust/enrolment.ts';

/** A request as it came over the wire, before anybody believed it. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path and query exactly as they stand in the request line. */
  readonly target: string;
  /** Names as Node gives them: lower case, several lines of one name joined by `, `. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** The raw bytes. */
  readonly body: Uint8Array;
  /** Host and port under which this node may be asked, as `@authority` has them. */
  readonly authorities: readonly string[];
}

/** What a route wants proven. */
export interface RequestTerms {
  /** `known`: the caller's chain is needed, and is judged. */
  readonly chain: 'known' | 'not-needed';
  /** How long ago the caller's leaf may have ended, ms. Default 0. */
  readonly endedLeafGraceMs?: number;
  /** `if-held`: where this node holds a federation key the label `fed` is needed as well. */
  readonly federation: 'if-held' | 'not-asked';
}

/** Why a signed request is refused: as in enrolment, and `federation-key`: not signed with a key that is accepted. */
export type RequestRefusal =
  | Extract<
      EnrolmentRefusal,
      | 'malformed'
      | 'clock'
      | 'bad-signature'
      | 'not-signed'
      | 'replayed-nonce'
      | 'wrong-authority'
      | 'revoked'
      | 'not-a-member'
      | 'lapsed-too-long'
    >
  | 'federation-key';

export type RequestVerdict =
  | {
      readonly kind: 'proven';
      /** Whose key signed it, hex. */
      readonly publicKey: string;
      /** Judged; `null` where the route needs none. */
      readonly chain: CertificateChain | null;
    }
  | { readonly kind: 'refused'; readonly reason: RequestRefusal; readonly sentence: string };

/** Judges signed requests (protocol.md, section 4). */
export interface RequestJudge {
  /** Never throws for what the caller sent; rejects when the nonces cannot be stored. A proven request is proven once. */
  judge(request: ReceivedRequest, terms: RequestTerms): Promise<RequestVerdict>;
  /** Hive time, ms since the epoch; what a refusal for time states. */
  now(): number;
}
