import type { Surroundings } from '../../node-core/commands/surroundings.ts';

/** What a command printed and said, and a terminal that answers. */
export interface RecordedSurroundings extends Surroundings {
  /** Standard output. */
  printed(): string;
  /** Standard error, line by line. */
  readonly said: readonly string[];
  /** Questions that were asked. */
  readonly asked: readonly string[];
  /** Presses Ctrl+C. */
  interrupt(): void;
}

interface Terms {
  readonly isTerminal?: boolean;
  /** What the person types; `null`: there is no terminal. */
  readonly answer?: string | null;
}

/** Surroundings without a process around them. */
export function recordSurroundings({ isTerminal = false, answer = null }: Terms = {}): RecordedSurroundings {
  let output = '';
  const said: string[] = [];
  const asked: string[] = [];
  const listeners = new Set<() => void>();
  return {
    program: { root: '/program', version: '0.1.0', resources: '/program/resources', page: null, licences: '/program' },
    environment: {},
    print: (text) => {
      output += text;
    },
    say: (line) => void said.push(line),
    isTerminal,
    async ask(question) {
      asked.push(question);
      return answer;
    },
    onStopSignal(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    printed: () => output,
    said,
    asked,
    interrupt: () => {
      for (const listener of [...listeners]) listener();
    },
  };
}
