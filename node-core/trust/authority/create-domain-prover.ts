import type { X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import net from 'node:net';
import type tls from 'node:tls';
import { z } from 'zod';
import { openTcp, openTls } from '../../platform/open-socket.ts';
import { connectionCause } from '../../platform/socket-error.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import { signedBytes } from '../../protocol/trust/canonical.ts';
import {
  publicKeySchema,
  signatureSchema,
  token16Schema,
  type VerifySignature,
} from '../../protocol/trust/key-text.ts';
import { pinOf } from '../transport/pin.ts';
import type { ResolveName } from './dns-addresses.ts';
import type { DomainClaim, DomainProof, DomainProver } from './domain-prover.ts';
import { isPublicAddress } from './public-address.ts';

/** What domains are asked with. */
export interface DomainProverOptions {
  readonly resolve: ResolveName;
  /** Authorities that vouch for a domain's certificate where the applicant named no pin. */
  readonly authorities: () => tls.SecureContext;
  /** Domains in the own network count too. */
  readonly allowsPrivate: boolean;
  readonly verify: VerifySignature;
  readonly clock: Clock;
  /** Asked in turn. Default: 443 and 6776. */
  readonly ports?: readonly number[];
}

/** All of one proof, ms. */
const proofTimeoutMs = 5_000;
/** Largest answer that is read, bytes. */
const answerLimitBytes = 4 * 1024;
/** Most proofs at a time. */
const mostAtOnce = 16;
/** Most addresses of a name that are asked. */
const mostAddresses = 3;
const defaultPorts = [443, 6776];

const answerSchema = z.object({
  enrolment_id: token16Schema,
  public_key: publicKeySchema,
  signature: signatureSchema,
});

/** Asks `https://<fqdn>/.well-known/hart-challenge`; the address that was looked up and judged is the one connected to. */
export function createDomainProver(options: DomainProverOptions): DomainProver {
  let running = 0;
  return {
    async prove(claim) {
      if (running >= mostAtOnce) return notProven('the issuer asks too many domains just now');
      running += 1;
      try {
        return await proveInTime(options, claim);
      } finally {
        running -= 1;
      }
    },
  };
}

const notProven = (cause: string): DomainProof => ({ kind: 'not-proven', cause });

async function proveInTime(options: DomainProverOptions, claim: DomainClaim): Promise<DomainProof> {
  const control = new AbortController();
  const timer = options.clock.after(proofTimeoutMs, () => control.abort());
  try {
    return await proveOnce(options, claim, control.signal);
  } catch {
    return notProven(control.signal.aborted ? 'it took too long' : 'its name could not be looked up');
  } finally {
    timer.cancel();
  }
}

async function proveOnce(options: DomainProverOptions, claim: DomainClaim, signal: AbortSignal): Promise<DomainProof> {
  const found = await options.resolve(claim.fqdn, signal);
  signal.throwIfAborted();
  if (found.length === 0) return notProven('its name has no address');
  const addresses = found
    .filter((address) => options.allowsPrivate || isPublicAddress(address))
    .slice(0, mostAddresses);
  if (addresses.length === 0) return notProven('its address is not one of the public internet');
  let cause = 'nothing answers there';
  for (const address of addresses) {
    for (const port of options.ports ?? defaultPorts) {
      const answer = await ask(options, claim, { address, port }, signal);
      if (answer.kind === 'answered') return judge(options.verify, claim, answer.body);
      cause = answer.cause;
    }
  }
  return notProven(cause);
}

type Asked =
  | { readonly kind: 'answered'; readonly body: unknown }
  | { readonly kind: 'silent'; readonly cause: string };

async function ask(
  { authorities, clock }: DomainProverOptions,
  { fqdn, enrolmentId, pin }: DomainClaim,
  { address, port }: { readonly address: string; readonly port: number },
  signal: AbortSignal,
): Promise<Asked> {
  const named = new URL(`https://${fqdn}:${port}/.well-known/hart-challenge?enrolment=${enrolmentId}`);
  const accepts = (shown: X509Certificate, isAuthorised: boolean): boolean =>
    isAuthorised || (pin !== null && pinOf(shown) === pin);
  try {
    const host = net.isIPv6(address) ? `[${address}]` : address;
    const socket = await openTcp(new URL(`https://${host}:${port}`), clock, signal);
    const safe = await openTls(socket, named, { context: authorities(), accepts }, clock);
    try {
      const response = await get(safe, named);
      if (response.statusCode !== 200) return silent(`it answered with status ${response.statusCode}`);
      const text = await readLittle(response);
      return text === null ? silent('its answer is too large') : { kind: 'answered', body: parseJson(text) };
    } finally {
      safe.destroy();
    }
  } catch (error) {
    signal.throwIfAborted();
    return silent(`port ${port}: ${connectionCause(error)}`);
  }
}

const silent = (cause: string): Asked => ({ kind: 'silent', cause });

function get(socket: tls.TLSSocket, url: URL): Promise<IncomingMessage> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  // Imported as a module it would bring Node's whole fetch along, which costs a start 80 ms.
  const outgoing = process.getBuiltinModule('node:http').request({
    createConnection: () => socket,
    path: `${url.pathname}${url.search}`,
    headers: { host: url.host, accept: 'application/json', 'accept-encoding': 'identity', connection: 'close' },
  });
  outgoing
    .on('response', resolve)
    .on('error', reject)
    .on('close', () => reject(new Error('closed')))
    .end();
  return promise;
}

/** `null`: more than 4 KiB. */
async function readLittle(response: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of response) {
    const bytes = Buffer.from(chunk);
    sizeBytes += bytes.length;
    if (sizeBytes > answerLimitBytes) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function judge(verify: VerifySignature, claim: DomainClaim, body: unknown): DomainProof {
  const parsed = answerSchema.safeParse(body);
  if (!parsed.success) return notProven('its answer has not the form that is agreed');
  const { enrolment_id, public_key, signature } = parsed.data;
  if (enrolment_id !== claim.enrolmentId || public_key !== claim.publicKey) {
    return notProven('it answers for another node or enrolment');
  }
  const signed = signedBytes('challenge-answer', claim.challenge);
  return verify(signed, signature, claim.publicKey) ? { kind: 'proven' } : notProven('its signature is wrong');
}
