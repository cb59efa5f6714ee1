import type { CertificateChain } from '../../protocol/trust/certificate.ts';
import type { HiveCaller, HiveReply } from './hive-reply.ts';

/** A member (or ended member) that has proven its key by a signed request. */
export interface ProvenMember {
  readonly publicKey: string;
  /** Judged; its leaf may have ended within the renewal grace. */
  readonly chain: CertificateChain;
}

/** What an issuer does for others (protocol.md, section 3). Bodies are parsed here; every refusal is a reply. */
export interface EnrolmentDesk {
  /** `POST /register` */
  register(body: unknown, caller: HiveCaller): Promise<HiveReply>;
  /** `POST /register/answer` */
  answer(body: unknown, caller: HiveCaller): Promise<HiveReply>;
  /** `GET /register/<enrolment_id>`, signed by `publicKey`. */
  poll(enrolmentId: string, publicKey: string): Promise<HiveReply>;
  /** `POST /renew`, signed. Body: renewalRequestSchema. */
  renew(body: unknown, member: ProvenMember): Promise<HiveReply>;
  /** `POST /leave`, signed. Its certificates are revoked, its records end. */
  leave(member: ProvenMember): Promise<HiveReply>;
  /** `GET /revocations?after=` */
  revocations(after: string | null, etag: string | null): Promise<HiveReply>;
}
