import { randomBytes } from 'node:crypto';
import type { JsonValue } from '../../../node-core/protocol/json-value.ts';
import type { Certificate, CertificateBody, CertificateChain } from '../../../node-core/protocol/trust/certificate.ts';
import type { SignedDirectory } from '../../../node-core/protocol/trust/directory.ts';
import type { SealedKey } from '../../../node-core/protocol/trust/enrolment.ts';
import type { SignedRevocationList } from '../../../node-core/protocol/trust/revocation-list.ts';
import { readWireTime, toWireTime } from '../../../node-core/protocol/trust/wire-time.ts';
import type { NodeIdentity } from '../../../node-core/trust/identity/node-identity.ts';
import type { HiveAnswer, HiveCall, HiveClient } from '../../../node-core/trust/transport/hive-client.ts';
import type { TestAnchor } from './issuer.ts';

const day = 24 * 60 * 60_000;

/** A parent in memory that really signs; the test says when it answers, and what. */
export interface ScriptedParent {
  readonly client: HiveClient;
  readonly calls: readonly HiveCall[];
  /** A chain for the member from the time `atMs` on. */
  issue(atMs: number, changes?: Partial<CertificateBody>): CertificateChain;
  /** What answers from now on; without one, it renews as an issuer does. */
  script(answer: ((call: HiveCall) => HiveAnswer | Promise<HiveAnswer>) | null): void;
  /** Its honest answer. */
  answer(call: HiveCall): HiveAnswer;
  /** What it tells of from now on. */
  tell(things: {
    readonly lists?: readonly SignedRevocationList[];
    readonly directory?: SignedDirectory;
    readonly federationKey?: SealedKey;
    readonly nextPin?: string;
    readonly order?: JsonValue;
  }): void;
}

/** What a scripted parent is made of. */
export interface ScriptedParentOptions {
  readonly anchor: TestAnchor;
  readonly memberKey: string;
  /** The hive's true time, ms since the epoch. */
  readonly now: () => number;
  readonly lifetimeMs?: number;
  /** A regional that issues locals; absent: central, which issues regionals. */
  readonly regional?: { readonly identity: NodeIdentity; readonly certificate: () => Certificate };
  /** Sees each signed call first, as the clock check of a listener does. */
  readonly onSigned?: () => void;
  /** An ended certificate is renewed for so long, ms. Default 90 days. */
  readonly graceMs?: number;
}

export const answered = (status: number, body: JsonValue, etag: string | null = null): HiveAnswer => ({
  kind: 'answered',
  status,
  body,
  retryAfterSeconds: null,
  etag,
  shownPin: null,
});

export const refusedWith = (status: number, reason: string): HiveAnswer =>
  answered(status, { reason, error: `It is ${reason}.` });

/** Makes a parent that answers well until the test says otherwise. */
export function createScriptedParent(options: ScriptedParentOptions): ScriptedParent {
  const { anchor, memberKey, now, regional, graceMs = 90 * day } = options;
  const calls: HiveCall[] = [];
  let things: Parameters<ScriptedParent['tell']>[0] = {};
  let script: ((call: HiveCall) => HiveAnswer | Promise<HiveAnswer>) | null = null;
  let lastEnd = 0;

  const issue = (atMs: number, changes: Partial<CertificateBody> = {}): CertificateChain => {
    const parent = regional?.certificate();
    const lifetime = options.lifetimeMs ?? (regional ? 3 : 7) * day;
    const parentEnd = parent ? (readWireTime(parent.expires_at) ?? 0) / 1000 : Number.POSITIVE_INFINITY;
    const body: CertificateBody = {
      node_id: 'member',
      public_key: memberKey,
      tier: regional ? 'local' : 'regional',
      region_name: '',
      issued_at: toWireTime(atMs),
      expires_at: toWireTime(Math.min(atMs + lifetime, parentEnd)),
      capabilities: ['mesh', 'work'],
      parent_public_key: parent?.public_key ?? anchor.publicKey,
      hive: anchor.publicKey,
      serial: randomBytes(16).toString('hex'),
      ...changes,
    };
    lastEnd = (readWireTime(body.expires_at) ?? 0) / 1000;
    const certificate = regional
      ? { ...body, parent_signature: regional.identity.signCertificate(body) }
      : anchor.certify(body);
    return { certificate, issuers: parent ? [parent] : [] };
  };

  const renewed = (): HiveAnswer => {
    if (now() - lastEnd > graceMs) return refusedWith(403, 'lapsed-too-long');
    const { directory, federationKey, nextPin, order } = things;
    const reply = {
      status: 'issued',
      ...issue(now()),
      bootstrap: [],
      ...(directory ? { directory } : {}),
      ...(federationKey ? { federation_key: federationKey } : {}),
      ...(nextPin ? { next_pin: nextPin } : {}),
      ...(order ? { order } : {}),
    };
    return answered(200, JSON.parse(JSON.stringify(reply)));
  };
  const answer = (call: HiveCall): HiveAnswer => {
    if (call.signed !== 'no') options.onSigned?.();
    if (call.path === '/renew') return renewed();
    if (call.path === '/leave') return answered(200, {});
    const body = JSON.parse(JSON.stringify({ lists: things.lists ?? [], next: null }));
    return answered(200, body);
  };

  return {
    calls,
    issue,
    answer,
    client: {
      async request(call) {
        calls.push(call);
        call.signal.throwIfAborted();
        return script ? script(call) : answer(call);
      },
    },
    script(next) {
      script = next;
    },
    tell(next) {
      things = { ...things, ...next };
    },
  };
}
