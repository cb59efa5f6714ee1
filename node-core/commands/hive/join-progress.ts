import { english } from '../../api/english.ts';
import { joinStepSentence } from '../../api/join-step-sentences.ts';
import type { JoinStepName, TrustView } from '../../api/trust-views.ts';
import { keyText, plainText, timeText } from './text-table.ts';

/** What a join has come to, as far as one view tells. `line` `null`: nothing but its steps. */
export type JoinStage =
  | { readonly kind: 'under-way'; readonly line: string | null }
  | { readonly kind: 'member' | 'pending' | 'unconfirmed' | 'failed' | 'cancelled'; readonly line: string };

/** Reads one view of `trust.watch` while a join runs. */
export function joinStage(trust: TrustView): JoinStage {
  const { application, membership } = trust;
  if (application === null) {
    if (membership === null || membership.ended !== null) return { kind: 'cancelled', line: 'The join was cancelled.' };
    const isSettling = trust.join?.steps.some(({ state }) => state === 'running') ?? false;
    return isSettling
      ? { kind: 'under-way', line: null }
      : { kind: 'member', line: `This node is a ${membership.tier} of the hive.` };
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

/** A step of a join that is over. */
export interface StepLine {
  readonly name: JoinStepName;
  readonly line: string;
}

/** The steps that are over, in their order, each with how long it took. One that stopped the join is said by the stage. */
export function stepLines({ join, membership }: TrustView): readonly StepLine[] {
  if (join === null) return [];
  const issuer = plainText(URL.parse(join.at)?.host ?? join.at);
  return join.steps.flatMap(({ name, state, tookMs }): readonly StepLine[] => {
    // Until the membership is there nobody knows how long the certificate lasts.
    if (state === 'done' && (name !== 'certificate-received' || membership !== null)) {
      const until = name === 'certificate-received' && membership ? `, until ${timeText(membership.expiresAt)}` : '';
      return [{ name, line: `${english(joinStepSentence(name, issuer))}${until}${tookText(tookMs)}` }];
    }
    const warning = state === 'failed' ? warningOf(name, membership) : null;
    return warning === null ? [] : [{ name, line: warning }];
  });
}

/** What is wrong although the node is a member. */
function warningOf(name: JoinStepName, membership: TrustView['membership']): string | null {
  if (name === 'federation-key-set') {
    return 'Federation key not set: the one that came with the certificate does not open on this computer.';
  }
  if (name !== 'signed-requests') return null;
  const cause = membership?.renewalObstacle?.sentence ?? 'It is tried again.';
  return `The first signed request was not answered as it should be. ${plainText(cause)}`;
}

const tookText = (ms: number | null): string => {
  if (ms === null) return '';
  return ms < 1_000 ? ` (${Math.round(ms)} ms)` : ` (${(ms / 1_000).toFixed(1)} s)`;
};

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
