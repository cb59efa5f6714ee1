import type { ChainDefect } from '../protocol/trust/chain-terms.ts';
import type { EnrolmentRefusal } from '../protocol/trust/enrolment.ts';
import type { JoinLinkDefect } from '../protocol/trust/join-link.ts';
import type { ChallengeDefect } from '../protocol/trust/judge-challenge.ts';
import type { IssuedDefect } from '../protocol/trust/judge-issued.ts';
import type { RenewalDefect } from '../protocol/trust/judge-renewal.ts';
import type { TrustObstacle } from '../protocol/trust/obstacle.ts';
import type { KeyedSentence } from './keyed-sentence.ts';

/** Why another node's hive listener could not be asked. */
export const unreachableCauses = [
  'dns',
  'refused',
  'tls',
  'timeout',
  'closed',
  'network',
  'too-large',
  'not-json',
] as const;
type UnreachableCause = (typeof unreachableCauses)[number];

/** What the applicant finds wrong with an issuer, or with what it issued, besides its chain. */
type JoinDefect =
  | Exclude<ChallengeDefect | IssuedDefect, ChainDefect | 'clock-too-far'>
  | 'plain-http'
  | 'other-words'
  | 'federation-key-unreadable';

/** What is wrong with the answer to a renewal besides its chain, and what the issuer cannot mend. */
type WholeDefect = Exclude<RenewalDefect, ChainDefect> | 'not-stored' | 'clock-too-far';

const unreachable: Readonly<Record<UnreachableCause, string>> = {
  dns: 'The name in the issuer’s address is not known. Check the address and this computer’s network; it is tried again.',
  refused: 'Nothing listens at the issuer’s address. Its node may be stopped, or the port is wrong; it is tried again.',
  tls: 'The issuer’s certificate for https is not the one that the link names, or nobody vouches for it. Ask its stewards for a new link; until then nothing is sent.',
  timeout: 'The issuer did not answer in time. It is tried again.',
  closed: 'The issuer ended the connection in the middle. It is tried again.',
  network: 'The issuer cannot be reached over the network. Check this computer’s connection; it is tried again.',
  'too-large': 'What answers at that address sent far more than an issuer would. Check the address.',
  'not-json': 'What answers at that address is no Nunba node. Check the address.',
};

const refused: Readonly<Record<EnrolmentRefusal, string>> = {
  malformed: 'The issuer did not understand this node’s request. Update the older one of the two.',
  clock: 'This computer’s clock differs too much from the hive’s. Set it right.',
  'bad-signature':
    'The issuer found a signature of this node wrong, so something on the way changes what is sent. Try another network.',
  'not-signed':
    'The issuer wants a signed request and saw none, so something on the way takes it off. Try another network.',
  'replayed-nonce': 'The issuer has seen this very request before. It is made anew and sent again.',
  'wrong-authority':
    'The issuer does not know itself by this address. Use the address in its invite, or let its stewards start it with that --public-url.',
  'other-hive': 'The issuer is of another hive. Ask for an invite of the right one.',
  'tier-not-offered':
    'The issuer gives no certificates of this tier: central takes regionals, a regional takes locals. Ask for an invite of the other tier.',
  'invite-not-for-tier': 'The invite is for another tier. Ask the stewards for one of the right tier.',
  'invite-bound': 'The invite was used by another node. Ask the stewards for a new one.',
  'bad-proof': 'The code of the invite is wrong: the link was cut or changed. Copy the whole link once more.',
  rejected: 'The hive’s stewards have rejected this node. Ask them why.',
  revoked: 'The hive’s stewards have revoked this node, so its key gets no certificate any more. Ask them why.',
  'not-a-member': 'The issuer knows no member with this key. Join again with a new invite.',
  'not-issuing': 'The node at that address gives no certificates just now. Ask its stewards, or use another address.',
  'domain-not-proven':
    'The issuer asked at this node’s domain and did not get its proof. Let port 443 or 6776 of the domain lead to this node.',
  'domain-not-allowed': 'The issuer does not take nodes of this domain. Ask its stewards for an invite.',
  'lapsed-too-long':
    'This node’s certificate ended too long ago to be renewed without being asked. Join again with a new invite.',
  'unknown-enrolment': 'The issuer has forgotten this request. Join again.',
  'domain-taken': 'Another node has proven this domain. The stewards can release it: `nunba-node release <domain>`.',
  'key-changed': 'Another key is known for this node. Ask the stewards to release the old one.',
  'invite-used': 'The invite has been used. Ask the stewards for a new one.',
  'invite-expired': 'The invite has expired. Ask the stewards for a new one.',
  'invite-revoked': 'The invite was taken back. Ask the stewards for a new one.',
  'challenge-ended': 'The answer came later than 60 seconds after the question. It is tried again.',
  'too-large': 'The issuer found this node’s request too large. Update the older one of the two.',
  'too-many': 'The issuer has had too many requests from this address or node. It is tried again later.',
  'hive-full': 'The issuer has as many members as it takes. Ask its stewards, or use another address.',
  halted: 'The hive is halted, so nobody joins just now. It goes on by itself when its stewards resume.',
  'try-later': 'The issuer cannot issue just now. It is tried again.',
};

const chainDefect: Readonly<Record<ChainDefect, string>> = {
  malformed: 'What was presented as a certificate is none.',
  'too-large': 'A certificate is larger than any may be.',
  'bad-signature': 'A signature in the chain is wrong: it was changed, or forged.',
  'other-anchor': 'The chain ends at another root key than the one that this node trusts.',
  'tier-not-allowed': 'A certificate of the chain stands where one of its tier must not.',
  'capability-missing': 'A certificate of the chain lacks the right to issue.',
  'not-yet-valid': 'A certificate of the chain begins in the future; perhaps this computer’s clock is wrong.',
  expired: 'A certificate of the chain has ended; perhaps this computer’s clock is wrong.',
  'lifetime-too-long': 'A certificate of the chain lasts longer than any may.',
  'outlives-parent': 'A certificate of the chain lasts longer than the one above it.',
  revoked: 'A certificate of the chain was revoked by the hive’s stewards.',
  'other-hive': 'A certificate of the chain names another hive.',
};

const joinDefect: Readonly<Record<JoinDefect, string>> = {
  'not-central': 'The process that answered is no issuer of this hive.',
  'wrong-tier': 'The certificate is of another tier than the one that was asked for.',
  'wrong-key': 'What the issuer sent is for another node’s key.',
  'wrong-nonce': 'The issuer’s question was made for somebody else, or sent before.',
  'wrong-request': 'The issuer’s question is about another request than the one that was sent.',
  'challenge-ended': 'The issuer’s question had ended when it came; perhaps this computer’s clock is wrong.',
  'bad-challenge-signature': 'The issuer’s question is not signed by the key that its certificate names.',
  'other-issuer': 'The issuer’s question names another key than its certificate.',
  'wrong-capabilities': 'The certificate allows other things than a node of that tier may do.',
  'malformed-answer': 'What answers at that address does not speak as an issuer does.',
  'plain-http': 'The issuer’s address begins with http://, which anybody on the way can change; it must be https://.',
  'other-words': 'The issuer’s root key has other words than the ones that this node was told to trust.',
  'federation-key-unreadable': 'The federation key that came with the certificate does not open.',
};

/** Whole sentences: of a renewal, the certificate that is there stays. */
const wholeDefect: Readonly<Record<WholeDefect, string>> = {
  'other-key': 'The parent answered with a certificate for another key. It was refused, and the present one stays.',
  'tier-changed': 'The parent answered with a certificate of another tier. It was refused, and the present one stays.',
  'other-parent':
    'The parent answered with a certificate that another signed. It was refused, and the present one stays.',
  'not-later': 'The parent answered with a certificate that ends no later. It was refused, and the present one stays.',
  'clock-too-far':
    'This computer’s clock is more than 11 days from the issuer’s, and no issuer may move it that far. Set this computer’s clock right; it is tried again. If it is right, tell the hive’s stewards.',
  'not-stored': 'The new certificate could not be stored on this computer. It is tried again; look at the disk.',
};

/** What is no issuer's answer, but the lack of one. */
export const notStated =
  'The issuer has not yet said which hive it is of. It is asked again by itself; confirm after that.';

const refusedByNode = 'This node refused it, and nothing was changed.';
const askSteward = 'Ask the hive’s stewards for a new invite, on a way that you trust.';

const whole = <Code extends string>(found: Readonly<Record<Code, string>>): Readonly<Record<Code, string>> => {
  const entries = Object.entries<string>(found).map(([code, text]) => [code, `${text} ${refusedByNode} ${askSteward}`]);
  // The same names, each with its text.
  return Object.fromEntries(entries) as Readonly<Record<Code, string>>;
};

/**
 * Why a join or a renewal stands still, by kind and code: the cause, then what to do. English; the page takes them into
 * its catalogue as `obstacle`. `other`: a code of a later version, named as it is.
 */
export const obstacleSentences = {
  unreachable: { ...unreachable, other: 'The issuer cannot be reached ({{code}}). It is tried again.' },
  refused: {
    ...refused,
    unconfirmed: notStated,
    other: 'The issuer refused ({{code}}). Ask its stewards what that means.',
  },
  defect: {
    ...whole(joinDefect),
    ...whole(chainDefect),
    ...wholeDefect,
    ...whole({ other: 'Something is wrong with its proof ({{code}}).' }),
  },
  /** What a steward wrote, after the sentence. */
  said: '{{sentence}} It says: “{{said}}”',
} as const;

/** The sentence of an obstacle, and what a steward wrote to it. */
export function obstacleSentence({ kind, code, said }: TrustObstacle): KeyedSentence {
  const name = Object.hasOwn(obstacleSentences[kind], code) ? code : 'other';
  const sentence: KeyedSentence = { key: `obstacle.${kind}.${name}`, values: { code } };
  return said === null ? sentence : { key: 'obstacle.said', values: { sentence, said } };
}

/** Why a text is no link to join by, as the rest of a sentence; the page takes them into its catalogue as `linkDefect`. */
export const linkDefects: Readonly<Record<JoinLinkDefect, string>> = {
  'too-long': 'it is longer than any link is',
  'not-a-join-link': 'it does not begin as one, nunba://join?',
  'said-twice': 'it says something twice',
  'address-missing': 'it names no address',
  'address-malformed': 'its address is none',
  'address-not-https': 'its address is not https',
  'anchor-missing': 'it does not say whom to trust',
  'anchor-malformed': 'the key that it says to trust is none; perhaps it was cut',
  'tier-missing': 'it does not say as what to join',
  'tier-unknown': 'it says to join as something that is not known here',
  'invite-malformed': 'its invite is none; perhaps it was cut',
  'name-malformed': 'the name of the hive in it cannot be shown',
  'tls-malformed': 'the pin in it is none; perhaps it was cut',
};
