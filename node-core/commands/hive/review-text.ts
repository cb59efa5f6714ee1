import type { JoinReview } from '../../api/trust-views.ts';
import { plainText } from './text-table.ts';

/** What a person should know before they join: where to, whom they trust, and what that allows others. */
export function reviewText(review: JoinReview): string {
  const lines = [
    ['Hive', review.hiveName === null ? 'has no name' : `calls itself "${plainText(review.hiveName)}"`],
    ['Issuer', `${plainText(review.at)} (${vouching(review)})`],
    ['Anchor', review.anchorWords.join(' ')],
    ['', review.anchor],
    ['As', review.tier === 'regional' ? 'regional: central is the parent' : 'local: a regional is the parent'],
    ['Invite', review.hasInvite ? 'yes' : 'none, so a steward has to approve this node'],
  ];
  return [
    'Join a hive\n\n',
    ...lines.map(([name = '', value = '']) => `  ${name.padEnd(8)} ${value}\n`),
    '\nThe four words are those of the root key that this node will trust. Compare them with what the stewards told you.\n\n',
    ...sentences.map((sentence) => `- ${sentence}\n`),
    '\n',
  ].join('');
}

function vouching({ at, tls }: JoinReview): string {
  if (at.startsWith('http:')) return 'without encryption, on this computer alone';
  return tls === null ? 'its certificate is vouched for by the system' : 'its certificate is pinned by the link';
}

const sentences: readonly string[] = [
  'The hive’s stewards can stop all agents on this computer, your own chats too, until they resume or you leave.',
  'The hive’s stewards can end this membership at any time.',
  'Other members can do nothing on this computer by default.',
  'The issuer learns this node’s name, public key and network address, and when it is on.',
  'Chats, files and model keys stay here: joining sends none of them.',
  'You can leave at any time with `nunba-node leave`; the chats stay.',
];
