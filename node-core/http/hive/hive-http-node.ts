import type { ReportBug } from '../../api/server.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { EnrolmentDesk } from '../../trust/authority/enrolment-desk.ts';
import type { RequestJudge } from '../../trust/transport/request-judge.ts';

/** Proves at a domain that this node asked for a certificate (protocol.md, section 3, Admission). */
export interface ChallengeAnswer {
  readonly enrolment_id: string;
  readonly public_key: string;
  /** Kind `challenge-answer`, over the node's own open challenge. */
  readonly signature: string;
}

/** What the hive listener takes from the node behind it. */
export interface HiveHttpNode {
  readonly version: string;
  readonly clock: Clock;
  /** Under which others reach this listener; their hosts and ports count as `@authority`, beside the address itself. */
  readonly publicUrls: readonly URL[];
  /** Addresses of proxies whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[];
  /** How long ago a leaf that asks for renewal may have ended, ms. */
  readonly renewalGraceMs: number;
  readonly judge: RequestJudge;
  /** Folder of the page that links open: `<resources>/join`. */
  readonly joinFolder: string;
  /** `null`: this node issues nothing just now. */
  desk(): EnrolmentDesk | null;
  /** `null`: it has no such enrolment of its own open. */
  challengeAnswer(enrolmentId: string): ChallengeAnswer | null;
  readonly reportBug: ReportBug;
}
