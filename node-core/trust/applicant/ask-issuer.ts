import type { JsonValue } from '../../protocol/json-value.ts';
import { refusalSchema } from '../../protocol/trust/enrolment.ts';
import type { EnrolmentEvent } from '../../protocol/trust/enrolment-machine.ts';
import type { IssuerAddress } from '../membership/membership-record.ts';
import type { HiveCall, HiveClient } from '../transport/hive-client.ts';

/** A request that did not lead on. */
export type Hindered = Extract<EnrolmentEvent, { kind: 'hindered' }>;

type IssuerCall = Pick<HiveCall, 'method' | 'path' | 'body' | 'signed' | 'presentsChain' | 'signal'>;
type IssuerAnswer = { readonly kind: 'body'; readonly body: JsonValue } | Hindered;

/** Asks the issuer; whatever is no success is said as what hinders the enrolment. Rejects only when aborted. */
export async function askIssuer(client: HiveClient, issuer: IssuerAddress, call: IssuerCall): Promise<IssuerAnswer> {
  if (!isSafeAddress(issuer.url)) return defect('plain-http');
  const answer = await client.request({ ...call, base: issuer.url, pin: issuer.pin });
  if (answer.kind === 'unreachable') {
    const obstacle = { kind: 'unreachable', cause: answer.cause } as const;
    return { kind: 'hindered', obstacle, status: 0, retryAfterSeconds: null };
  }
  if (answer.status >= 200 && answer.status < 300) return { kind: 'body', body: answer.body };
  const parsed = refusalSchema.safeParse(answer.body);
  const said = parsed.success ? parsed.data : { reason: `http-${answer.status}`, error: '' };
  const obstacle = { kind: 'refused', reason: said.reason, sentence: plainText(said.error) } as const;
  return { kind: 'hindered', obstacle, status: answer.status, retryAfterSeconds: answer.retryAfterSeconds };
}

/** What the issuer showed was refused here. */
export const defect = (name: string): Hindered => ({
  kind: 'hindered',
  obstacle: { kind: 'defect', defect: name },
  status: 0,
  retryAfterSeconds: null,
});

/** An issuer's text is shown in terminals and pages: nothing in it may steer them. */
const plainText = (text: string): string => text.replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ').trim();

const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/** https, or http to this computer. */
function isSafeAddress(base: string): boolean {
  const url = URL.parse(base);
  return url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.test(url.hostname));
}
