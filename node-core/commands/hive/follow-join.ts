import type { Client } from '../../api/client.ts';
import { FailureError } from '../../api/failures.ts';
import type { TrustView } from '../../api/trust-views.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Surroundings } from '../surroundings.ts';
import { type JoinStage, joinStage, pendingText, type StepLine, stepLines } from './join-progress.ts';

/** How a join is followed. */
interface FollowedJoin {
  readonly client: Pick<Client, 'watch'>;
  /** A node runs in a process of its own, so the join goes on when this command ends. */
  readonly isRunning: boolean;
  /** The first line; a join may be done before anything else is told. `null`: none. */
  readonly firstLine: string | null;
  /** Monotonic, ms. */
  readonly elapsed: () => number;
}

/**
 * Prints each step as it happens, until the node is a member and has asked its issuer once, waits for a steward, or
 * cannot join; gives the exit code.
 */
export function followJoin(surroundings: Surroundings, followed: FollowedJoin): Promise<number> {
  const { client, isRunning, firstLine, elapsed } = followed;
  const printer = timedLines(surroundings, elapsed);
  return new Promise((resolve, reject) => {
    // Where no node runs, nothing else keeps this process alive until the next try.
    const alive = setInterval(() => undefined, 60_000);
    const release = (): void => {
      clearInterval(alive);
      endSignals();
    };
    const end = (code: number): void => {
      release();
      queueMicrotask(() => stop());
      resolve(code);
    };
    if (firstLine !== null) printer.stage(firstLine);
    const endSignals = surroundings.onStopSignal(() => {
      surroundings.say(leftAsItIs(isRunning));
      end(exitCodes.interrupted);
    });
    const stop = client.watch(
      'trust.watch',
      {},
      {
        next(trust) {
          const code = tellView(surroundings, trust, isRunning, printer);
          if (code !== null) end(code);
        },
        ended(failure) {
          release();
          reject(new FailureError(failure));
        },
      },
    );
  });
}

/** Prints lines with the seconds since it was made. */
interface TimedLines {
  /** Where the join stands; the same again is not repeated. */
  stage(line: string): void;
  /** A step, once. */
  step(step: StepLine): void;
}

function timedLines({ print }: Surroundings, elapsed: () => number): TimedLines {
  const begin = elapsed();
  const shown = new Set<string>();
  let lastStage = '';
  const show = (line: string): void => print(`${((elapsed() - begin) / 1000).toFixed(1).padStart(6)} s  ${line}\n`);
  return {
    stage(line) {
      if (line === lastStage) return;
      lastStage = line;
      show(line);
    },
    step({ name, line }) {
      if (shown.has(name)) return;
      shown.add(name);
      show(line);
    },
  };
}

/** Tells what one view says; gives the exit code when there is nothing more to wait for. */
function tellView(
  { print, say }: Surroundings,
  trust: TrustView,
  isRunning: boolean,
  printer: TimedLines,
): number | null {
  for (const step of stepLines(trust)) printer.step(step);
  const stage = joinStage(trust);
  if (stage.kind === 'failed') say(stage.line);
  else if (stage.line !== null) printer.stage(stage.line);
  if (stage.kind === 'pending') print(pendingText(trust, isRunning));
  if (stage.kind === 'member') print(nextText(isRunning));
  return exitCodeOf(stage);
}

function exitCodeOf({ kind }: JoinStage): number | null {
  if (kind === 'under-way') return null;
  return kind === 'member' || kind === 'pending' ? exitCodes.done : exitCodes.failed;
}

const leftAsItIs = (isRunning: boolean): string =>
  isRunning
    ? 'The join was left as it is and goes on while the node runs. `nunba-node join --cancel` ends it.'
    : 'The join was left as it is and goes on when the node runs (`nunba-node serve`). `nunba-node join --cancel` ends it.';

const nextText = (isRunning: boolean): string =>
  isRunning
    ? '\nIts certificate renews itself.\n'
    : '\nStart this node, so that its certificate renews itself: nunba-node serve\n';
