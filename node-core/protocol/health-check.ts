import type { StateReason } from './state-reason.ts';

/** What is looked at, in the order in which it is read where nothing is wrong. `updates` is the desktop shell's. */
export const checkCodes = [
  'runtime',
  'model',
  'certificate',
  'parent',
  'signer',
  'federation-key',
  'database',
  'disk',
  'clock',
  'ports',
  'hive-port',
  'keys',
  'updates',
] as const;
export type CheckCode = (typeof checkCodes)[number];

/** How a check came out, the worst first. `unknown`: nobody has looked, or it is being looked at. */
export const checkVerdicts = ['failed', 'degraded', 'unknown', 'noted', 'passed'] as const;
export type CheckVerdict = (typeof checkVerdicts)[number];

/** What a check says where no reason speaks for it; its sentences are `health.<code>.<finding>` (health-sentences.ts). */
export type Finding = string;

/** A value in a sentence: text, a number, or a time (ms since the epoch). */
export type CheckValue = string | number | { readonly at: number };

/** One line of the health page, of `doctor` and of `/ready`. */
export interface HealthCheck {
  readonly code: CheckCode;
  readonly verdict: CheckVerdict;
  readonly finding: Finding;
  readonly values: Readonly<Record<string, CheckValue>>;
  /** Speaks in place of the finding, and says what mends it. */
  readonly reason: StateReason | null;
  /** When this was last really looked at, ms since the epoch; `null`: not in this run. */
  readonly lookedAt: number | null;
  /** The check that has to be mended first; this one is shown below it. */
  readonly under: CheckCode | null;
}

/** What a check hangs on: while one of these has failed, what it says may be its consequence alone. */
const dependencies: Readonly<Record<CheckCode, readonly CheckCode[]>> = {
  runtime: [],
  model: ['runtime', 'keys'],
  certificate: ['runtime', 'clock', 'parent'],
  parent: ['runtime', 'clock'],
  signer: ['runtime'],
  'federation-key': ['runtime', 'certificate'],
  database: ['runtime', 'disk'],
  disk: ['runtime'],
  clock: ['runtime'],
  ports: ['runtime'],
  'hive-port': ['runtime'],
  keys: ['runtime'],
  updates: [],
};

const rank = (verdict: CheckVerdict): number => checkVerdicts.indexOf(verdict);
const isTrouble = ({ verdict }: HealthCheck): boolean => verdict === 'failed' || verdict === 'degraded';

/**
 * Puts the worst first, and below a check that has failed those that are no worse and hang on it. The order is stable:
 * of equals, the one of `checkCodes`.
 */
export function orderChecks(checks: readonly HealthCheck[]): readonly HealthCheck[] {
  const folded = checks.map((check) => ({ ...check, under: underOf(check, checks) }));
  return folded.toSorted((a, b) => weightOf(a, folded) - weightOf(b, folded));
}

function underOf(check: HealthCheck, all: readonly HealthCheck[]): CheckCode | null {
  if (check.verdict === 'passed' || check.verdict === 'noted') return null;
  const found = dependencies[check.code]
    .flatMap((code) => all.find((other) => other.code === code) ?? [])
    .find((other) => isTrouble(other) && rank(other.verdict) <= rank(check.verdict));
  return found ? (underOf(found, all) ?? found.code) : null;
}

/** A folded check stands right after the one that it hangs on. */
function weightOf(check: HealthCheck, all: readonly HealthCheck[]): number {
  const place = checkCodes.indexOf(check.code) + 1;
  const above = check.under === null ? null : all.find(({ code }) => code === check.under);
  const leader = above ?? check;
  const ofLeader = (rank(leader.verdict) * 100 + checkCodes.indexOf(leader.code)) * 100;
  return above ? ofLeader + place : ofLeader;
}
