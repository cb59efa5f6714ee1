import { z } from 'zod';
import { type MemberTier, memberTiers } from './certificate.ts';
import { inviteIdSchema } from './enrolment.ts';
import { pinSchema, publicKeySchema } from './key-text.ts';

/** What a link says (protocol.md, section 3). */
export interface JoinLink {
  /** Origin of the issuer's hive listener: scheme, host and port, nothing after it. */
  readonly at: string;
  /** Trust anchor, 64 hex. */
  readonly anchor: string;
  readonly tier: MemberTier;
  readonly invite: { readonly id: string; readonly secret: string } | null;
  /** The hive calls itself so; 1..60 characters. */
  readonly name: string | null;
  /** Pin of the issuer's self-made certificate. */
  readonly tls: string | null;
}

/** Why a text is no link to join by. */
export const joinLinkDefects = [
  'too-long',
  'not-a-join-link',
  'said-twice',
  'address-missing',
  'address-malformed',
  'address-not-https',
  'anchor-missing',
  'anchor-malformed',
  'tier-missing',
  'tier-unknown',
  'invite-malformed',
  'name-malformed',
  'tls-malformed',
] as const;
export type JoinLinkDefect = (typeof joinLinkDefects)[number];

export type JoinLinkReading =
  | { readonly kind: 'link'; readonly link: JoinLink }
  | { readonly kind: 'refused'; readonly defect: JoinLinkDefect };

/** Characters of the longest link. */
const joinLinkLimit = 2_048;

const inviteSecret = /^[A-Za-z0-9_-]{16,200}$/;
/** Nothing that cannot be seen, or that turns the direction of what can. */
const shownName = /^[^\p{C}\p{Zl}\p{Zp}]{1,60}$/u;
const loopbackHost = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

const originSchema = z.string('address-missing').transform((text, context) => {
  const url = URL.parse(text);
  const isPlain =
    url?.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' && url.password === '';
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopbackHost.test(url.hostname));
  if (url && isPlain && isSafe) return url.origin;
  context.addIssue(url && isPlain && !isSafe ? 'address-not-https' : 'address-malformed');
  return z.NEVER;
});

/** `<id>.<secret>` */
const inviteSchema = z.string().transform((text, context) => {
  const [id = '', secret = '', ...more] = text.split('.');
  if (inviteIdSchema.safeParse(id).success && inviteSecret.test(secret) && more.length === 0) return { id, secret };
  context.addIssue('invite-malformed');
  return z.NEVER;
});

/** The parameters of a link, in the order in which they are looked at; the messages are the defects. */
const parametersSchema = z.object({
  at: originSchema,
  anchor: z.string('anchor-missing').refine((text) => publicKeySchema.safeParse(text).success, 'anchor-malformed'),
  tier: z.string('tier-missing').pipe(z.enum(memberTiers, 'tier-unknown')),
  invite: inviteSchema.optional(),
  name: z.string().regex(shownName, 'name-malformed').optional(),
  tls: z
    .string()
    .refine((text) => pinSchema.safeParse(text).success, 'tls-malformed')
    .optional(),
});

/**
 * Reads `nunba://join?...`, or the address of the issuer's page, `https://.../join#...`, which says the same.
 * `central=` is read as `at=`; parameters that are not known are left out. Never throws.
 */
export function readJoinLink(text: string): JoinLinkReading {
  const refuse = (defect: JoinLinkDefect): JoinLinkReading => ({ kind: 'refused', defect });
  if (text.length > joinLinkLimit) return refuse('too-long');
  const parameters = parametersOf(text.trim());
  if (!parameters) return refuse('not-a-join-link');
  const names = [...parameters.keys()].map((name) => (name === 'central' ? 'at' : name));
  if (Object.keys(parametersSchema.shape).some((name) => names.indexOf(name) !== names.lastIndexOf(name))) {
    return refuse('said-twice');
  }
  const given = Object.fromEntries([...parameters].filter(([, value]) => value !== ''));
  const parsed = parametersSchema.safeParse({ ...given, at: given.at ?? given.central });
  if (!parsed.success) return refuse(z.enum(joinLinkDefects).parse(parsed.error.issues[0]?.message));
  const { at, anchor, tier, invite = null, name = null, tls = null } = parsed.data;
  return { kind: 'link', link: { at, anchor, tier, invite, name, tls } };
}

function parametersOf(text: string): URLSearchParams | null {
  const url = URL.parse(text);
  if (url?.protocol === 'nunba:' && url.host === 'join' && /^\/?$/.test(url.pathname)) return url.searchParams;
  const isPage = url && /^https?:$/.test(url.protocol) && url.pathname === '/join' && url.hash !== '';
  return isPage ? new URLSearchParams(url.hash.slice(1)) : null;
}

/** The link as text: `nunba://join?...` */
export const writeJoinLink = (link: JoinLink): string => `nunba://join?${queryOf(link)}`;

/** The issuer's page that offers the link. What it says stands in the fragment, which browsers keep to themselves. */
export const writeJoinPage = (link: JoinLink): string => `${link.at}/join#${queryOf(link)}`;

function queryOf({ at, anchor, tier, invite, name, tls }: JoinLink): string {
  const query = new URLSearchParams({ at, anchor, tier });
  if (invite) query.set('invite', `${invite.id}.${invite.secret}`);
  if (name !== null) query.set('name', name);
  if (tls !== null) query.set('tls', tls);
  return query.toString();
}
