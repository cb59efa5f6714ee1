import fs from 'node:fs/promises';
import { FailureError } from '../../api/failures.ts';
import { linkDefects } from '../../api/trust-sentences.ts';
import type { AskedJoin } from '../../protocol/trust/asked-join.ts';
import { inviteIdSchema } from '../../protocol/trust/enrolment.ts';
import { readJoinLink } from '../../protocol/trust/join-link.ts';
import { publicKeySchema } from '../../protocol/trust/key-text.ts';
import { readWords } from '../../protocol/trust/words.ts';
import type { JoinOrder } from '../membership/membership-record.ts';
import type { EnvironmentOrder } from './applicant.ts';
import { linkOrder } from './link-order.ts';

const linkFileLimitBytes = 4 * 1024;

/** Reads what the environment asks for. Rejects with a FailureError `config-invalid` that names the variable. */
export async function orderFromEnvironment(asked: AskedJoin): Promise<EnvironmentOrder> {
  switch (asked.kind) {
    case 'link':
      return orderOfLink(asked.link, 'NUNBA_JOIN_LINK');
    case 'link-file':
      return orderOfLink(await readLinkFile(asked.file), 'NUNBA_JOIN_LINK_FILE');
    case 'central':
      return orderOfCentral(asked);
  }
}

function orderOfLink(text: string, sourceName: string): EnvironmentOrder {
  const reading = readJoinLink(text.trim());
  if (reading.kind === 'refused') {
    throw invalid(sourceName, `it is not a link to join a hive: ${linkDefects[reading.defect]}`);
  }
  return { order: linkOrder(reading.link, 'environment'), anchorWords: null, sourceName };
}

async function readLinkFile(file: string): Promise<string> {
  const name = 'NUNBA_JOIN_LINK_FILE';
  let text: string;
  try {
    text = await fs.readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw invalid(name, `the file ${file} cannot be read (${code})`, error);
  }
  if (Buffer.byteLength(text) > linkFileLimitBytes) throw invalid(name, `the file ${file} is too large for a link`);
  return text;
}

function orderOfCentral(asked: Extract<AskedJoin, { kind: 'central' }>): EnvironmentOrder {
  const anchor = readAnchor(asked.anchor);
  const order: JoinOrder = {
    issuer: { url: originOf(asked.url), pin: null },
    anchor: anchor.hex,
    tier: 'regional',
    hiveName: null,
    invite: readInvite(asked.invite),
    from: 'environment',
  };
  const sourceName = asked.anchor === null ? 'HEVOLVE_CENTRAL_URL' : 'NUNBA_HIVE_ANCHOR';
  return { order, anchorWords: anchor.words, sourceName };
}

/** Scheme, host and port as they stand there; without a port that of the scheme. */
function originOf(text: string): string {
  const url = URL.parse(text.trim());
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.username || url.password) {
    throw invalid('HEVOLVE_CENTRAL_URL', 'it is no address of the form https://central.example.org:6776');
  }
  return url.origin;
}

interface Anchor {
  readonly hex: string | null;
  readonly words: readonly string[] | null;
}

function readAnchor(text: string | null): Anchor {
  if (text === null) return { hex: null, words: null };
  const hex = publicKeySchema.safeParse(text.trim().toLowerCase());
  if (hex.success) return { hex: hex.data, words: null };
  const words = readWords(text);
  if (words !== null) return { hex: null, words };
  throw invalid('NUNBA_HIVE_ANCHOR', 'it is neither 64 hexadecimal digits nor four words');
}

function readInvite(text: string | null): JoinOrder['invite'] {
  if (text === null) return null;
  const [id = '', secret = '', ...more] = text.trim().split('.');
  const isInvite = inviteIdSchema.safeParse(id).success && /^[A-Za-z0-9_-]{16,200}$/.test(secret);
  if (!isInvite || more.length > 0) throw invalid('NUNBA_INVITE', 'it is not of the form <id>.<secret>');
  return { id, secret };
}

const invalid = (name: string, reason: string, cause?: unknown): FailureError =>
  new FailureError({ kind: 'config-invalid', name, source: 'environment', reason: reason.slice(0, 500) }, { cause });
