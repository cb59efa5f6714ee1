import type { TrustView } from '../../api/trust-views.ts';
import { keyText, plainText, timeText } from './text-table.ts';

/** What a join has come to, as far as one view tells. */
export type JoinStep =
  | { readonly kind: 'under-way'; readonly line: string }
  | { readonly kind: 'member' | 'pending' | 'unconfirmed' | 'failed' | 'cancelled'; readonly line: string };

/** Reads one view of `trust.watch` while a join runs. */
export function joinStep(trust: TrustView): JoinStep {
  const { application, membership } = trust;
  if (application === null) {
    return membership === null
      ? { kind: 'cancelled', line: 'The join was cancelled.' }
      : { kind: 'member', line: `Certificate received, valid until ${timeText(membership.expiresAt)}.` };
  }
  switch (application.phase) {
    case 'pending':
      return {
        kind: 'pending',
        line: 'The issuer proved itself, and this node too. A steward of the hive decides now.',
      };
    case 'failed':
      return { kind: 'failed', line: plainText(application.obstacle?.sentence ?? 'It failed.') };
    case 'unconfirmed':
      return { kind: 'unconfirmed', line: unconfirmedLine(application) };
    case 'applying':
      return { kind: 'under-way', line: applyingLine(application) };
  }
}

type Application = NonNullable<TrustView['application']>;

const unconfirmedLine = ({ statedWords }: Application): string =>
  statedWords === null
    ? 'Nobody has said which root key to trust, and the issuer has not stated its own yet.'
    : `The issuer states these words: ${statedWords.join(' ')}. If they are the hive’s: nunba-node join --confirm "${statedWords.join(' ')}"`;

/** That the issuer is being asked. */
export const applyingText = (at: string): string => `Applying at ${plainText(at)}`;

function applyingLine({ at, obstacle, nextTryAt }: Application): string {
  if (obstacle === null) return applyingText(at);
  const next = nextTryAt === null ? '' : ` Next try at ${timeText(nextTryAt)}.`;
  return `${plainText(obstacle.sentence)}${next}`;
}

/** What a person does while a steward decides. */
export const pendingText = ({ ownWords, publicKey }: TrustView, isRunning: boolean): string =>
  [
    `\nTell the steward this node’s words, by which they know it: ${ownWords.join(' ')}\n`,
    `They approve it with: nunba-node requests approve ${keyText(publicKey)}\n`,
    isRunning
      ? 'It goes on by itself while this node runs; nunba-node trust shows how it stands.\n'
      : 'It goes on by itself while this node runs. Start it: nunba-node serve\n',
  ].join('');
