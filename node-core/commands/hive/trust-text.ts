import type { TrustView } from '../../api/trust-views.ts';
import { describeAge, describeDuration } from '../../protocol/age.ts';
import type { Certificate } from '../../protocol/trust/certificate.ts';
import { readWireTime } from '../../protocol/trust/wire-time.ts';
import { keyText, plainText, timeText } from './text-table.ts';

type Membership = NonNullable<TrustView['membership']>;
type Application = NonNullable<TrustView['application']>;

const barWidth = 20;

/** What a person sees of this node's trust. @param now ms since the epoch, of this computer's clock */
export function trustText(trust: TrustView, now: number): string {
  const lines = [
    row('This node', `${plainText(trust.nodeName)} (${keyText(trust.publicKey)})`),
    row('Words', trust.ownWords.join(' ')),
    row('Key', trust.publicKey),
    ...(trust.hiveAddress === null ? [] : [row('Listens at', trust.hiveAddress)]),
    ...(trust.isInsecureLab ? [row('Warning', 'plain http (--insecure-lab): for tests on this computer alone')] : []),
    ...(trust.isMasterKeyHere ? [row('Warning', 'this program’s user can read the hive’s master key')] : []),
    ...(trust.membership === null ? [] : membershipLines(trust.membership, trust.publicKey, now)),
    ...(trust.application === null ? [] : applicationLines(trust.application, now)),
    ...(trust.membership === null && trust.application === null ? [row('Hive', 'none: this computer alone')] : []),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

const row = (name: string, value: string): string => `${name.padEnd(12)} ${value}`;

function membershipLines(membership: Membership, publicKey: string, now: number): readonly string[] {
  const hiveNow = now + membership.clockOffsetMs;
  const chain = [...membership.issuers].reverse().concat(membership.certificate);
  return [
    row('Hive', membership.hiveName === null ? 'has no name' : `calls itself "${plainText(membership.hiveName)}"`),
    '',
    `anchor  ${membership.anchorWords.join(' ')}`,
    `        ${membership.anchor}`,
    ...chain.flatMap((certificate, depth) => certificateLines(certificate, depth, { publicKey, now: hiveNow })),
    '',
    row('Renews', renewalOf(membership)),
    ...(membership.renewalObstacle === null ? [] : [row('', plainText(membership.renewalObstacle.sentence))]),
    ...parentLines(membership, now),
    ...(membership.ended === null ? [] : [row('Ended', endingOf(membership.ended))]),
    ...clockLines(membership.clockOffsetMs),
  ];
}

interface Sight {
  readonly publicKey: string;
  readonly now: number;
}

function certificateLines(certificate: Certificate, depth: number, sight: Sight): readonly string[] {
  const indent = '   '.repeat(depth);
  const own = certificate.public_key === sight.publicKey ? ', this node' : '';
  const rights =
    certificate.capabilities.length === 0 ? 'speaks for the hive' : `may ${certificate.capabilities.join(', ')}`;
  return [
    `${indent}└─ ${certificate.tier}  ${plainText(certificate.node_id)} (${keyText(certificate.public_key)})${own}`,
    `${indent}   ${validityOf(certificate, sight.now)}`,
    `${indent}   ${rights}; serial ${certificate.serial}`,
  ];
}

/** A bar of the time that is left, and until when. */
function validityOf({ issued_at, expires_at }: Certificate, now: number): string {
  const [from, until] = [(readWireTime(issued_at) ?? 0) / 1000, (readWireTime(expires_at) ?? 0) / 1000];
  const left = Math.min(1, Math.max(0, (until - now) / Math.max(1, until - from)));
  const filled = Math.round(left * barWidth);
  const bar = `[${'#'.repeat(filled)}${'.'.repeat(barWidth - filled)}]`;
  const rest = until < now ? `ended ${describeAge(now - until)}` : `${describeDuration(until - now)} left`;
  return `${bar} valid until ${timeText(until)}, ${rest}`;
}

function renewalOf({ renewsAt, ended }: Membership): string {
  if (renewsAt !== null) return `by itself at ${timeText(renewsAt)}`;
  return ended === null ? 'not by itself' : 'not any more';
}

function parentLines({ parent }: Membership, now: number): readonly string[] {
  if (parent === null) return [];
  const seen = parent.verifiedAt === null ? 'not verified yet' : `verified ${describeAge(now - parent.verifiedAt)}`;
  return [row('Parent', `${plainText(parent.url)} (${seen})`)];
}

const endingOf = (ended: NonNullable<Membership['ended']>): string =>
  ended.kind === 'revoked'
    ? `revoked by the hive’s stewards at ${timeText(ended.at)}: ${plainText(ended.reason)}`
    : `at ${timeText(ended.at)}, too long ago to renew; join again`;

/** A difference below a minute is not worth a line. */
const clockLines = (offsetMs: number): readonly string[] =>
  Math.abs(offsetMs) < 60_000
    ? []
    : [
        row(
          'Clock',
          `this computer is ${describeDuration(Math.abs(offsetMs))} ${offsetMs > 0 ? 'behind' : 'ahead of'} the hive; set it right`,
        ),
      ];

function applicationLines(application: Application, now: number): readonly string[] {
  return [
    row('Joining', `${plainText(application.at)} as ${application.tier}`),
    ...(application.anchorWords === null ? [] : [row('Anchor', application.anchorWords.join(' '))]),
    row('', phaseOf(application, now)),
    ...(application.obstacle === null ? [] : [row('', plainText(application.obstacle.sentence))]),
  ];
}

function phaseOf({ phase, since, statedWords }: Application, now: number): string {
  const age = describeAge(now - since);
  if (phase === 'pending') return `a steward decides (asked ${age})`;
  if (phase === 'failed') return `failed ${age}`;
  if (phase === 'applying') return `under way (${age})`;
  return statedWords === null
    ? 'waits until the hive states its anchor'
    : `waits for: nunba-node join --confirm "${statedWords.join(' ')}"`;
}

/** As `trust --json` prints it: anchor, certificate and issuers as they are on the wire, then everything else. */
export function trustJson(trust: TrustView): string {
  const { membership, application } = trust;
  const wire = {
    anchor: membership?.anchor ?? application?.anchor ?? null,
    certificate: membership?.certificate ?? null,
    issuers: membership?.issuers ?? [],
  };
  return `${JSON.stringify({ ...wire, ...trust }, null, 2)}\n`;
}
