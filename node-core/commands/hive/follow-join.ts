import type { Client } from '../../api/client.ts';
import { FailureError } from '../../api/failures.ts';
import type { TrustView } from '../../api/trust-views.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Surroundings } from '../surroundings.ts';
import { type JoinStep, joinStep, pendingText } from './join-progress.ts';

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

/** Prints each step as it happens, until the node is a member, waits for a steward, or cannot join; gives the exit code. */
export function followJoin(surroundings: Surroundings, followed: FollowedJoin): Promise<number> {
  const { client, isRunning, firstLine, elapsed } = followed;
  const show = timedLines(surroundings, elapsed);
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
    if (firstLine !== null) show(firstLine);
    const endSignals = surroundings.onStopSignal(() => {
      surroundings.say(leftAsItIs(isRunning));
      end(exitCodes.interrupted);
    });
    const stop = client.watch(
      'trust.watch',
      {},
      {
        next(trust) {
          const code = tellStep(surroundings, trust, isRunning, show);
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

/** Prints lines with the seconds since now; what was just printed is not repeated. */
function timedLines({ print }: Surroundings, elapsed: () => number): (line: string) => void {
  const begin = elapsed();
  let lastLine = '';
  return (line) => {
    if (line === lastLine) return;
    lastLine = line;
    print(`${((elapsed() - begin) / 1000).toFixed(1).padStart(6)} s  ${line}\n`);
  };
}

/** Tells what one view says; gives the exit code when there is nothing more to wait for. */
function tellStep(
  { print, say }: Surroundings,
  trust: TrustView,
  isRunning: boolean,
  show: (line: string) => void,
): number | null {
  const step = joinStep(trust);
  if (step.kind === 'failed') say(step.line);
  else show(step.line);
  if (step.kind === 'pending') print(pendingText(trust, isRunning));
  if (step.kind === 'member') print(memberText(trust, isRunning));
  return exitCodeOf(step);
}

function exitCodeOf({ kind }: JoinStep): number | null {
  if (kind === 'under-way') return null;
  return kind === 'member' || kind === 'pending' ? exitCodes.done : exitCodes.failed;
}

const leftAsItIs = (isRunning: boolean): string =>
  isRunning
    ? 'The join was left as it is and goes on while the node runs. `nunba-node join --cancel` ends it.'
    : 'The join was left as it is and goes on when the node runs (`nunba-node serve`). `nunba-node join --cancel` ends it.';

function memberText({ membership }: TrustView, isRunning: boolean): string {
  const tier = membership?.tier ?? 'member';
  const next = isRunning
    ? 'Its certificate renews itself.'
    : 'Start it, so that its certificate renews itself: nunba-node serve';
  return `\nThis node is a ${tier} of the hive. ${next}\n`;
}
