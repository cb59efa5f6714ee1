import { describeError } from '../../protocol/describe-error.ts';
import type { ApplicantOptions } from './applicant.ts';
import type { StepOutcome } from './join-progress.ts';
import type { ProgressBoard } from './progress-board.ts';

/**
 * The last two steps of a join, when the certificate is stored: whether the federation key is there, and whether the
 * issuer answers a signed request. What goes wrong here is shown and leaves the membership as it is. Never rejects.
 * @param join `startedAt` of its application
 */
export async function finishJoin(
  join: number,
  { settling, log }: Pick<ApplicantOptions, 'settling' | 'log'>,
  board: ProgressBoard,
): Promise<void> {
  const lookAtKey = async (): Promise<void> =>
    board.passed(join, 'federation-key-set', keyOutcomes[await settling.federationKey()]);
  try {
    await lookAtKey();
    const isAnswered = await settling.askSigned();
    // A key that did not come with the certificate may have come with this answer.
    await lookAtKey();
    board.passed(join, 'signed-requests', isAnswered ? 'done' : 'failed');
  } catch (error) {
    log.warn({ error: describeError(error) }, 'The issuer did not answer the first signed request; it is tried again.');
    board.passed(join, 'signed-requests', 'failed');
  }
}

/**
 * Where the issuer sent no key and none is there, none is set: that is not `done`. Nothing failed either, for an issuer
 * without a key has none to give, and one that gets its key later sends it with a renewal: so it is `waiting`.
 */
const keyOutcomes: Readonly<Record<'set' | 'none' | 'unreadable', StepOutcome>> = {
  set: 'done',
  none: 'waiting',
  unreadable: 'failed',
};
