/**
 * Signed requests between nodes: RFC 9421 with the components and parameters of protocol.md, section 4. Written here and
 * not taken from `http-message-signatures`: that library verifies every label or the last, with the computer's clock,
 * takes a second member of the same label for the first, and signs the path as the URL parser rewrites it, not as it is
 * sent. The tests let it sign for us and verify ours.
 */

/** `node`: the node's key. `fed`: the federation key. Any other label is ignored. */
export const signatureLabels = ['node', 'fed'] as const;
export type SignatureLabel = (typeof signatureLabels)[number];

/** The one algorithm of each label. */
const algorithms: Readonly<Record<SignatureLabel, string>> = { node: 'ed25519', fed: 'hmac-sha256' };
const keyIdShapes: Readonly<Record<SignatureLabel, RegExp>> = { node: /^[0-9a-f]{64}$/, fed: /^[0-9a-f]{16}$/ };
/** Base64 of 64 bytes, and of 32. */
const signatureShapes: Readonly<Record<SignatureLabel, RegExp>> = {
  node: /^:([A-Za-z0-9+/]{86}==):$/,
  fed: /^:([A-Za-z0-9+/]{43}=):$/,
};

/** What both labels cover, and nothing else. */
export const coveredComponents = ['@method', '@authority', '@path', '@query', 'content-digest'] as const;
type Component = (typeof coveredComponents)[number];
/** The covered parts of a request. */
export type CoveredParts = Readonly<Record<Component, string>>;

/** Longest time for which a signature is made, s. */
export const longestSignatureSeconds = 300;
/** How far `created` may be from hive time, s. */
export const clockToleranceSeconds = 300;
/** Longest header that is looked at, characters. */
const headerLimit = 2_048;

/** What a signature says about itself. Times in s since the epoch. */
export interface SignatureParameters {
  readonly created: number;
  readonly expires: number;
  /** 32 hex */
  readonly nonce: string;
  /** `node`: the public key, hex. `fed`: the first 16 hex of the key's SHA-256. */
  readonly keyid: string;
}

/** A label as it was received. */
export interface ReceivedSignature extends SignatureParameters {
  /** In the order in which they are signed. */
  readonly components: readonly Component[];
  /** The value of `@signature-params`, as received. */
  readonly params: string;
  readonly signature: Uint8Array;
}

/** What the two headers hold. `malformed`: one of our labels twice, or not as it has to be. */
export type ReadSignatures =
  | { readonly kind: 'read'; readonly labels: Readonly<Partial<Record<SignatureLabel, ReceivedSignature>>> }
  | { readonly kind: 'malformed'; readonly reason: string };

/** The value of `@signature-params` for one of our labels (RFC 9421, section 2.3). */
export function signatureParams(label: SignatureLabel, parameters: SignatureParameters): string {
  const { created, expires, nonce, keyid } = parameters;
  const list = coveredComponents.map((name) => `"${name}"`).join(' ');
  return `(${list});created=${created};expires=${expires};nonce="${nonce}";alg="${algorithms[label]}";keyid="${keyid}"`;
}

/** The text that is signed (RFC 9421, section 2.5). @param components names and values, in the order of `params` */
export function signatureBase(components: readonly (readonly [string, string])[], params: string): string {
  return [...components.map(([name, value]) => `"${name}": ${value}`), `"@signature-params": ${params}`].join('\n');
}

/** The base of one of our labels. */
export function requestBase(parts: CoveredParts, order: readonly Component[], params: string): string {
  return signatureBase(
    order.map((name) => [name, parts[name]]),
    params,
  );
}

/** The two headers for labels that were signed. */
export function signatureHeaders(
  signed: readonly { readonly label: SignatureLabel; readonly params: string; readonly signature: Uint8Array }[],
): { readonly 'signature-input': string; readonly signature: string } {
  return {
    'signature-input': signed.map(({ label, params }) => `${label}=${params}`).join(', '),
    signature: signed.map(({ label, signature }) => `${label}=:${toBase64(signature)}:`).join(', '),
  };
}

/**
 * The covered parts of a request (RFC 9421, section 2.2).
 * @param target path and query as they stand in the request line
 */
export function coveredParts(method: string, authority: string, target: string, contentDigest: string): CoveredParts {
  const mark = target.indexOf('?');
  return {
    '@method': method,
    '@authority': authority,
    '@path': mark < 0 ? target : target.slice(0, mark),
    '@query': mark < 0 ? '?' : target.slice(mark),
    'content-digest': contentDigest,
  };
}

/** Host and port of a URL as `@authority` has them: lower case, the scheme's own port left out. */
export function authorityOf(url: URL): string {
  return url.host.toLowerCase();
}

/** `Content-Digest` (RFC 9530). @param digest SHA-256 of the body */
export function contentDigest(digest: Uint8Array): string {
  return `sha-256=:${toBase64(digest)}:`;
}

/** Whether a `Content-Digest` states this SHA-256, once; other algorithms beside it are ignored. */
export function statesDigest(header: string, digest: Uint8Array): boolean {
  if (header.length > headerLimit) return false;
  const stated = membersOf(header)?.filter(([name]) => name === 'sha-256') ?? [];
  return stated.length === 1 && stated[0]?.[1] === `:${toBase64(digest)}:`;
}

/** Reads `Signature-Input` and `Signature`. Never throws. */
export function readSignatures(signatureInput: string, signature: string): ReadSignatures {
  if (signatureInput.length > headerLimit || signature.length > headerLimit)
    return malformed('the headers are too long');
  const inputs = membersOf(signatureInput);
  const values = membersOf(signature);
  if (inputs === null || values === null) return malformed('the headers are no dictionaries');
  const labels: Partial<Record<SignatureLabel, ReceivedSignature>> = {};
  for (const label of signatureLabels) {
    const [input, ...moreInputs] = inputs.filter(([name]) => name === label);
    const [value, ...moreValues] = values.filter(([name]) => name === label);
    if (input === undefined && value === undefined) continue;
    if (moreInputs.length + moreValues.length > 0) return malformed(`the label ${label} stands there twice`);
    const read = input && value ? readSignature(label, input[1], value[1]) : 'half of it is missing';
    if (typeof read === 'string') return malformed(`the label ${label}: ${read}`);
    labels[label] = read;
  }
  return { kind: 'read', labels };
}

const malformed = (reason: string): ReadSignatures => ({ kind: 'malformed', reason });

/** Inner list and parameters in the one form in which a serializer writes them, because they are signed as they are. */
const inputShape =
  /^\(("[!#-~]{1,40}"(?: "[!#-~]{1,40}"){0,9})\)((?:;[a-z*][a-z0-9_.*-]{0,40}=(?:\d{1,15}|"[ !#-[\]-~]{0,200}")){1,10})$/;
const parameterShape = /;([a-z*][a-z0-9_.*-]*)=(?:(\d+)|"([^"]*)")/g;

/** @returns what is wrong, where something is */
function readSignature(label: SignatureLabel, input: string, value: string): ReceivedSignature | string {
  const [, list = '', parameters = ''] = inputShape.exec(input) ?? [];
  const components = list === '' ? null : readComponents(list);
  const bytes = signatureShapes[label].exec(value)?.[1];
  if (components === null) return 'it does not cover what it has to';
  if (bytes === undefined) return 'its signature has another form';
  const pairs = [...parameters.matchAll(parameterShape)];
  const given = new Map(
    pairs.map(([, name = '', number, text]) => [name, number === undefined ? text : Number(number)]),
  );
  if (given.size !== pairs.length) return 'a parameter stands there twice';
  if (given.get('alg') !== algorithms[label]) return `its algorithm is not ${algorithms[label]}`;
  const times = readTimes(given.get('created'), given.get('expires'));
  if (times === null) return `it has no times, or counts for longer than ${longestSignatureSeconds} s`;
  const [nonce, keyid] = [given.get('nonce'), given.get('keyid')];
  if (typeof nonce !== 'string' || !/^[0-9a-f]{32}$/.test(nonce)) return 'its nonce has another form';
  if (typeof keyid !== 'string' || !keyIdShapes[label].test(keyid)) return 'its key has another form';
  return { ...times, nonce, keyid, components, params: input, signature: fromBase64(bytes) };
}

function readComponents(list: string): readonly Component[] | null {
  const names = list.split(' ').map((name) => name.slice(1, -1));
  const components = coveredComponents.filter((name) => names.includes(name));
  if (components.length !== coveredComponents.length || names.length !== coveredComponents.length) return null;
  return components.toSorted((a, b) => names.indexOf(a) - names.indexOf(b));
}

function readTimes(created: unknown, expires: unknown): { readonly created: number; readonly expires: number } | null {
  if (typeof created !== 'number' || typeof expires !== 'number') return null;
  return expires > created && expires - created <= longestSignatureSeconds ? { created, expires } : null;
}

/** The members of a dictionary (RFC 9651, section 3.2), values as text; `null` if it is none. */
function membersOf(header: string): readonly (readonly [string, string])[] | null {
  const members: (readonly [string, string])[] = [];
  for (const part of splitOutsideStrings(header)) {
    const [, name, rest = ''] = /^([a-z*][a-z0-9_.*-]*)((?:[=;].*)?)$/.exec(part.trim()) ?? [];
    if (name === undefined) return null;
    members.push([name, rest.startsWith('=') ? rest.slice(1) : rest]);
  }
  return members;
}

/** Parts between commas that stand in no string. */
function splitOutsideStrings(text: string): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') isInString = !isInString;
    else if (character === '\\' && isInString) at += 1;
    else if (character === ',' && !isInString) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}

const toBase64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
