import { describeDuration } from './age.ts';
import { describeBytes } from './describe-bytes.ts';
import type { CheckCode, CheckValue, CheckVerdict, Finding, HealthCheck } from './health-check.ts';
import type {
  ClockFact,
  DatabaseFact,
  DiskFact,
  HivePortFact,
  KeysFact,
  ModelFact,
  NodeFacts,
  PortFact,
  RuntimeFact,
} from './node-facts.ts';
import type { StateReason } from './state-reason.ts';

/** Less room than this, and a backup may not fit any more. */
const littleSpaceBytes = 500 * 1024 * 1024;

/** How long a trouble has to last before it is shown (interface.md, Health), ms. */
const modelShownAfterMs = 5_000;

/** A check without its place among the others. */
export type JudgedCheck = Omit<HealthCheck, 'under'>;

interface Said {
  readonly verdict: CheckVerdict;
  readonly finding: Finding;
  readonly values?: Readonly<Record<string, CheckValue>>;
  readonly lookedAt: number | null;
}

/** What a check says by a finding alone. */
export const finding = (code: CheckCode, { verdict, finding, values = {}, lookedAt }: Said): JudgedCheck => ({
  code,
  verdict,
  finding,
  values,
  reason: null,
  lookedAt,
});

/** What a check says by a reason. */
export const trouble = (
  code: CheckCode,
  verdict: 'failed' | 'degraded' | 'noted' | 'unknown',
  reason: StateReason,
  lookedAt: number | null,
): JudgedCheck => ({ code, verdict, finding: reason.kind, values: {}, reason, lookedAt });

/** What this computer is judged by, whether it is in a hive or not. Pure. */
export function judgeComputer(facts: NodeFacts, now: number): readonly JudgedCheck[] {
  return [
    judgeRuntime(facts.runtime, now),
    judgeModel(facts, now),
    judgeDatabase(facts.database),
    judgeDisk(facts.disk),
    judgeClock(facts.clock),
    ...judgePort(facts.port),
    ...judgeHivePort(facts.hivePort, now),
    judgeKeys(facts.keys),
  ];
}

/** A start that takes no longer is not worth a state, ms. */
const quickStartMs = 10_000;

export const isQuickStart = (since: number, now: number): boolean => now - since < quickStartMs;

export function judgeRuntime(runtime: RuntimeFact, now: number): JudgedCheck {
  switch (runtime.kind) {
    case 'running':
      return finding('runtime', { verdict: 'passed', finding: 'running', lookedAt: now });
    case 'starting': {
      const { since } = runtime;
      const verdict = isQuickStart(since, now) ? 'unknown' : 'degraded';
      return trouble('runtime', verdict, { kind: 'runtime-starting', since, fix: 'wait' }, now);
    }
    case 'restarting': {
      const { cause, since } = runtime;
      return trouble('runtime', 'degraded', { kind: 'runtime-restarting', cause, since, fix: 'wait' }, now);
    }
    case 'gave-up': {
      const { cause, since, sentence } = runtime;
      return trouble('runtime', 'failed', { kind: 'runtime-gave-up', cause, since, sentence, fix: 'restart' }, now);
    }
    case 'stopping':
      return trouble('runtime', 'unknown', { kind: 'runtime-stopping', since: runtime.since, fix: 'wait' }, now);
  }
}

type Looks = Pick<NodeFacts, 'startedAt' | 'askedAt'>;

function judgeModel({ model, ...looks }: Pick<NodeFacts, 'model' | keyof Looks>, now: number): JudgedCheck {
  switch (model.kind) {
    case 'none':
      return trouble('model', 'noted', { kind: 'no-model', fix: 'open-models' }, now);
    case 'not-asked': {
      const values = { model: model.model };
      return finding('model', { verdict: 'unknown', finding: 'not-asked', values, lookedAt: null });
    }
    case 'answers': {
      const { lookedAt } = model;
      return finding('model', { verdict: 'passed', finding: 'answers', values: { model: model.model }, lookedAt });
    }
    case 'answered-badly': {
      const { lookedAt } = model;
      return finding('model', {
        verdict: 'noted',
        finding: 'answered-badly',
        values: { model: model.model },
        lookedAt,
      });
    }
    case 'unreachable':
      return judgeUnreachable(model, looks, now);
  }
}

function judgeUnreachable(
  model: Extract<ModelFact, { kind: 'unreachable' }>,
  { startedAt, askedAt }: Looks,
  now: number,
): JudgedCheck {
  const { checkedAt } = model;
  const isAsked = askedAt !== null && checkedAt >= askedAt;
  if (!isAsked && (now - model.since < modelShownAfterMs || isQuietStart(startedAt, now))) {
    const values = { model: model.model };
    return finding('model', { verdict: 'unknown', finding: 'looking', values, lookedAt: checkedAt });
  }
  const isSetting = model.cause === 'key' || model.cause === 'tls';
  const reason = { ...model, kind: 'model-unreachable', fix: isSetting ? 'open-models' : 'check' } as const;
  return trouble('model', 'degraded', reason, checkedAt);
}

/** What is learnt by asking others is not complained of right after a start (interface.md, Health), ms. */
const quietStartMs = 5_000;

export const isQuietStart = (startedAt: number, now: number): boolean => now - startedAt < quietStartMs;

function judgeDatabase(database: DatabaseFact): JudgedCheck {
  switch (database.kind) {
    case 'not-looked':
      return finding('database', { verdict: 'unknown', finding: 'not-looked', lookedAt: null });
    case 'sound': {
      const { conversations, messages, lookedAt } = database;
      return finding('database', {
        verdict: 'passed',
        finding: 'sound',
        values: { conversations, messages },
        lookedAt,
      });
    }
    case 'damaged': {
      const { problem, since, lookedAt } = database;
      return trouble('database', 'failed', { kind: 'database-damaged', problem, since, fix: 'open-storage' }, lookedAt);
    }
  }
}

function judgeDisk(disk: DiskFact): JudgedCheck {
  switch (disk.kind) {
    case 'not-looked':
      return finding('disk', { verdict: 'unknown', finding: 'not-looked', lookedAt: null });
    case 'full': {
      const free = describeBytes(disk.freeBytes);
      return trouble('disk', 'failed', { kind: 'disk-full', free, since: disk.since, fix: 'check' }, disk.lookedAt);
    }
    case 'unwritable':
      return trouble('disk', 'failed', { kind: 'folder-unwritable', since: disk.since, fix: 'check' }, disk.lookedAt);
    case 'room':
      return judgeRoom(disk);
  }
}

function judgeRoom({ freeBytes, synchronisedBy, lookedAt }: Extract<DiskFact, { kind: 'room' }>): JudgedCheck {
  const free = describeBytes(freeBytes);
  if (freeBytes < littleSpaceBytes) {
    return finding('disk', { verdict: 'noted', finding: 'little', values: { free }, lookedAt });
  }
  if (synchronisedBy !== null) {
    const values = { program: synchronisedBy, free };
    return finding('disk', { verdict: 'noted', finding: 'synchronised', values, lookedAt });
  }
  return finding('disk', { verdict: 'passed', finding: 'room', values: { free }, lookedAt });
}

function judgeClock(clock: ClockFact): JudgedCheck {
  const { against, differenceMs, lookedAt } = clock;
  const difference = describeDuration(Math.abs(differenceMs));
  if (clock.kind === 'right') {
    return finding('clock', { verdict: 'passed', finding: `right-by-${against}`, values: { difference }, lookedAt });
  }
  const direction = differenceMs > 0 ? 'behind' : 'ahead';
  const reason = { kind: 'clock-wrong', direction, difference, against, since: clock.since, fix: 'check' } as const;
  return trouble('clock', 'degraded', reason, lookedAt);
}

function judgePort(port: PortFact): readonly JudgedCheck[] {
  switch (port.kind) {
    case 'none':
      return [];
    case 'open': {
      const { address, lookedAt } = port;
      return [finding('ports', { verdict: 'passed', finding: 'open', values: { address }, lookedAt })];
    }
    case 'moved': {
      const { address, takenPort, lookedAt } = port;
      return [finding('ports', { verdict: 'noted', finding: 'moved', values: { address, port: takenPort }, lookedAt })];
    }
    case 'closed':
      return [finding('ports', { verdict: 'noted', finding: 'closed', lookedAt: port.lookedAt })];
  }
}

function judgeHivePort(port: HivePortFact, now: number): readonly JudgedCheck[] {
  switch (port.kind) {
    case 'none':
      return [];
    case 'open': {
      const { address } = port;
      return [finding('hive-port', { verdict: 'passed', finding: 'open', values: { address }, lookedAt: now })];
    }
    case 'deaf': {
      const reason = { kind: 'hive-deaf', port: port.port, since: port.since, fix: 'check' } as const;
      return [trouble('hive-port', 'degraded', reason, port.lookedAt)];
    }
  }
}

function judgeKeys(keys: KeysFact): JudgedCheck {
  const { lookedAt } = keys;
  switch (keys.kind) {
    case 'sealed':
      return finding('keys', { verdict: 'passed', finding: `sealed-by-${keys.openedBy}`, lookedAt });
    case 'left-plain':
      return finding('keys', { verdict: 'noted', finding: 'left-plain', values: { count: keys.count }, lookedAt });
    case 'plain':
      return finding('keys', { verdict: 'noted', finding: 'plain', lookedAt });
    case 'locked':
      return trouble('keys', 'failed', { kind: 'keys-locked', since: keys.since, fix: 'open-keys' }, lookedAt);
  }
}
