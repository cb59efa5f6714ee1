import type { Migration } from '../migrate.ts';

const tables = `
CREATE TABLE hive_invites (
  id TEXT NOT NULL PRIMARY KEY,
  secret TEXT NOT NULL,
  tier TEXT NOT NULL CHECK (tier IN ('regional', 'local')),
  may_issue INTEGER NOT NULL,
  uses INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  revoked_at INTEGER
) STRICT;

-- A row is written in the transaction that stores the issue, never before.
CREATE TABLE hive_invite_uses (
  invite_id TEXT NOT NULL REFERENCES hive_invites (id),
  public_key TEXT NOT NULL,
  used_at INTEGER NOT NULL,
  PRIMARY KEY (invite_id, public_key)
) STRICT, WITHOUT ROWID;

CREATE TABLE hive_enrolments (
  id TEXT NOT NULL PRIMARY KEY,
  public_key TEXT NOT NULL,
  request_json TEXT NOT NULL,
  challenge_json TEXT NOT NULL,
  challenge_signature TEXT NOT NULL,
  address TEXT NOT NULL,
  fqdn TEXT,
  opened_at INTEGER NOT NULL,
  challenge_ends_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'pending', 'approved', 'rejected', 'issuing', 'issued', 'ended')),
  may_issue INTEGER NOT NULL,
  pending_since INTEGER,
  decided_at INTEGER,
  decided_reason TEXT
) STRICT;
CREATE INDEX hive_enrolments_key ON hive_enrolments (public_key, opened_at);
CREATE INDEX hive_enrolments_address ON hive_enrolments (address, challenge_ends_at) WHERE state = 'open';
CREATE INDEX hive_enrolments_state ON hive_enrolments (state, pending_since);

CREATE TABLE hive_members (
  public_key TEXT NOT NULL PRIMARY KEY,
  tier TEXT NOT NULL CHECK (tier IN ('regional', 'local')),
  node_name TEXT NOT NULL,
  sealing_key TEXT NOT NULL,
  advertised_url TEXT,
  advertised_tls TEXT,
  fqdn TEXT,
  may_issue INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('active', 'revoked', 'left')),
  joined_at INTEGER NOT NULL,
  renewed_at INTEGER,
  certificate_ends_at INTEGER NOT NULL,
  ended_at INTEGER,
  ended_reason TEXT
) STRICT;
CREATE INDEX hive_members_state ON hive_members (state, tier);

-- Stored before it is signed, so that a crash between the two signs the same bytes again.
CREATE TABLE hive_certificates (
  serial TEXT NOT NULL PRIMARY KEY,
  public_key TEXT NOT NULL,
  body_json TEXT NOT NULL,
  signature TEXT,
  made_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  enrolment_id TEXT UNIQUE REFERENCES hive_enrolments (id)
) STRICT;
CREATE INDEX hive_certificates_key ON hive_certificates (public_key, expires_at);

CREATE TABLE hive_domains (
  fqdn TEXT NOT NULL PRIMARY KEY,
  public_key TEXT NOT NULL,
  proven_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What this node has revoked; the signed list is made of it.
CREATE TABLE hive_revocations (
  public_key TEXT NOT NULL,
  serial TEXT NOT NULL,
  until INTEGER NOT NULL,
  reason TEXT NOT NULL,
  revoked_at INTEGER NOT NULL,
  PRIMARY KEY (public_key, serial)
) STRICT, WITHOUT ROWID;

-- The signed lists that this node knows, its own among them.
CREATE TABLE hive_revocation_lists (
  hive TEXT NOT NULL,
  issuer TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  signed_json TEXT NOT NULL,
  PRIMARY KEY (hive, issuer)
) STRICT, WITHOUT ROWID;

CREATE TABLE hive_state (
  name TEXT NOT NULL PRIMARY KEY,
  value_json TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE hive_audit (
  number INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  act TEXT NOT NULL,
  subject TEXT NOT NULL,
  detail_json TEXT NOT NULL
) STRICT;

CREATE TABLE hive_nonces (
  key_id TEXT NOT NULL,
  nonce TEXT NOT NULL,
  ends_at INTEGER NOT NULL,
  PRIMARY KEY (key_id, nonce)
) STRICT, WITHOUT ROWID;
CREATE INDEX hive_nonces_end ON hive_nonces (ends_at);
`;

/** What an issuer keeps of its hive, the revocations that every member knows, and the nonces that were used. */
export const trustTables: Migration = {
  version: 2,
  up: (raw) => raw.exec(tables),
};
