import type { ProgramFiles } from '../platform/program-files.ts';

/** What a command works with. */
export interface Surroundings {
  readonly program: ProgramFiles;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Standard output: what was asked for. */
  print(text: string): void;
  /** Standard error: what is said about it. One line. */
  say(line: string): void;
  /** Whether standard output is a terminal. */
  readonly isTerminal: boolean;
  /** Asks on the terminal and waits for a line; `null`: there is no terminal, or the person ended the input. */
  ask(question: string): Promise<string | null>;
  /** Calls `listener` at each Ctrl+C or request to end; returns what ends the listening. */
  onStopSignal(listener: () => void): () => void;
}
