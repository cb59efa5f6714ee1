/**
 * The life of one answer, as pure rules. A turn is one answer of an agent to one prompt.
 * The states are stored with the message, so that a crash leaves a state that says what happened.
 */

/** What a turn is doing or how it ended, by name; the details stand beside it in the message. */
export type TurnKind = 'queued' | 'streaming' | 'complete' | 'stopped' | 'failed' | 'interrupted';

/** What can happen to a turn. `recover` is the next start of the node finding a turn that no process runs. */
export type TurnEvent = 'start' | 'finish' | 'stop' | 'fail' | 'recover' | 'continue';

const moves: Readonly<Record<TurnKind, Readonly<Partial<Record<TurnEvent, TurnKind>>>>> = {
  queued: { start: 'streaming', stop: 'stopped', fail: 'failed', recover: 'interrupted' },
  streaming: { finish: 'complete', stop: 'stopped', fail: 'failed', recover: 'interrupted' },
  complete: { continue: 'queued' },
  stopped: { continue: 'queued' },
  failed: { continue: 'queued' },
  interrupted: { continue: 'queued' },
};

/** The state after `event`, or `null` if a turn in state `from` cannot take it. */
export function nextTurn(from: TurnKind, event: TurnEvent): TurnKind | null {
  return moves[from][event] ?? null;
}

/** Whether a process is at work on the turn. */
export function isRunning(kind: TurnKind): boolean {
  return kind === 'queued' || kind === 'streaming';
}
