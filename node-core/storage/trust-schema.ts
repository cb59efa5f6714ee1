import type { Generated } from 'kysely';

/** The tables of trust (migration 2). Times are ms since the epoch; booleans 0 or 1; keys, serials and nonces hex. */
export interface TrustSchema {
  hive_invites: InviteTable;
  hive_invite_uses: InviteUseTable;
  hive_enrolments: EnrolmentTable;
  hive_members: MemberTable;
  hive_certificates: CertificateTable;
  hive_domains: DomainTable;
  hive_revocations: RevocationTable;
  hive_revocation_lists: RevocationListTable;
  hive_state: HiveStateTable;
  hive_audit: AuditTable;
  hive_nonces: NonceTable;
}

interface InviteTable {
  id: string;
  /** As it stands in the link. */
  secret: string;
  tier: 'regional' | 'local';
  may_issue: number;
  uses: number;
  created_at: number;
  expires_at: number;
  revoked_at: number | null;
}

interface InviteUseTable {
  invite_id: string;
  public_key: string;
  used_at: number;
}

export interface EnrolmentTable {
  id: string;
  public_key: string;
  request_json: string;
  challenge_json: string;
  challenge_signature: string;
  /** Where the request came from. */
  address: string;
  fqdn: string | null;
  opened_at: number;
  challenge_ends_at: number;
  /** `approved`: a steward agreed, the certificate is made when the applicant asks next. */
  state: 'open' | 'pending' | 'approved' | 'rejected' | 'issuing' | 'issued' | 'ended';
  may_issue: number;
  pending_since: number | null;
  decided_at: number | null;
  decided_reason: string | null;
}

export interface MemberTable {
  public_key: string;
  tier: 'regional' | 'local';
  node_name: string;
  sealing_key: string;
  advertised_url: string | null;
  /** Pin of the certificate there. */
  advertised_tls: string | null;
  fqdn: string | null;
  may_issue: number;
  state: 'active' | 'revoked' | 'left';
  joined_at: number;
  renewed_at: number | null;
  /** Of its newest certificate. */
  certificate_ends_at: number;
  ended_at: number | null;
  ended_reason: string | null;
}

export interface CertificateTable {
  serial: string;
  public_key: string;
  /** Without the signature. */
  body_json: string;
  /** `null`: it is being signed. */
  signature: string | null;
  made_at: number;
  expires_at: number;
  /** `null` for renewals. */
  enrolment_id: string | null;
}

interface DomainTable {
  fqdn: string;
  public_key: string;
  proven_at: number;
}

interface RevocationTable {
  public_key: string;
  /** Empty: every certificate of the key. */
  serial: string;
  until: number;
  reason: string;
  revoked_at: number;
}

interface RevocationListTable {
  hive: string;
  issuer: string;
  sequence: number;
  signed_json: string;
}

/** Facts by name: `federation-keys`, `directory`, `revocation-sequence`. */
interface HiveStateTable {
  name: string;
  value_json: string;
}

interface AuditTable {
  number: Generated<number>;
  at: number;
  act: string;
  /** The key, invite or domain that it was about. */
  subject: string;
  detail_json: string;
}

interface NonceTable {
  key_id: string;
  nonce: string;
  ends_at: number;
}
