import { english } from '../api/english.ts';
import { checkSentence, checkTitle } from '../api/health-sentences.ts';
import { describeAge } from '../protocol/age.ts';
import type { CheckVerdict, HealthCheck } from '../protocol/health-check.ts';

/** A line of `doctor`, before it is laid out. */
export interface CheckLine {
  readonly verdict: CheckVerdict;
  readonly title: string;
  /** Cause and, if it failed, what mends it. */
  readonly why: string;
}

const marks: Readonly<Record<CheckVerdict, string>> = {
  passed: 'ok  ',
  noted: 'note',
  unknown: '?   ',
  degraded: 'warn',
  failed: 'FAIL',
};

/** What a check of the node says, with how old that knowledge is. @param now ms since the epoch */
export function lineOfCheck(check: HealthCheck, now: number): CheckLine {
  const age = check.lookedAt === null ? '' : ` (looked at ${describeAge(now - check.lookedAt)})`;
  return { verdict: check.verdict, title: english(checkTitle(check)), why: `${english(checkSentence(check))}${age}` };
}

/** One line for each: what hangs on the one above is set in. */
export const checkText = ({ verdict, title, why }: CheckLine, isFolded = false): string =>
  `${isFolded ? '  ' : ''}${marks[verdict]} ${title}: ${why}\n`;

/** Whether something has to be mended. */
export const hasTrouble = (lines: readonly Pick<CheckLine, 'verdict'>[]): boolean =>
  lines.some(({ verdict }) => verdict === 'failed' || verdict === 'degraded');
