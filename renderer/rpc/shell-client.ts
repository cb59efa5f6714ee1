import { z } from 'zod';
import { failureSchema } from '../../node-core/api/failure-schema.ts';
import { FailureError } from '../../node-core/api/failures.ts';
import {
  type ShellApi,
  type ShellCallInput,
  type ShellCallName,
  type ShellCallResult,
  shellContract,
} from '../../node-core/api/shell-contract.ts';
import {
  type ShellCommand,
  type ShellView,
  shellCommandSchema,
  shellViewSchema,
} from '../../node-core/api/shell-views.ts';

/** The desktop shell as the page uses it; in a browser there is none. */
export interface ShellClient {
  /** Throws a FailureError. */
  call<N extends ShellCallName>(name: N, input: ShellCallInput<N>): Promise<ShellCallResult<N>>;
  /** What the shell last said, or `null` before it said anything. */
  view(): ShellView | null;
  /** Returns what ends the listening. */
  onView(listener: () => void): () => void;
  /** Tells also what was asked before anybody listened. Returns what ends the listening. */
  onCommand(listener: (command: ShellCommand) => void): () => void;
}

const outcomeSchema = z.discriminatedUnion('isOk', [
  z.object({ isOk: z.literal(true), value: z.unknown() }),
  z.object({ isOk: z.literal(false), failure: failureSchema }),
]);

/** Most commands that wait for a page that is not drawn yet; the oldest goes. */
const mostUnheard = 10;

/** Speaks with the shell over what its preload script offers; what it says is validated. */
export function createShellClient(api: Omit<ShellApi, 'requestPort'>): ShellClient {
  const viewListeners = new Set<() => void>();
  const commandListeners = new Set<(command: ShellCommand) => void>();
  let present: ShellView | null = null;
  let unheard: ShellCommand[] = [];
  api.watch((view) => {
    present = shellViewSchema.parse(view);
    for (const listener of [...viewListeners]) listener();
  });
  api.onCommand((text) => {
    const command = shellCommandSchema.parse(text);
    if (commandListeners.size === 0) unheard = [...unheard, command].slice(-mostUnheard);
    for (const listener of [...commandListeners]) listener(command);
  });
  return {
    async call(name, input) {
      const outcome = outcomeSchema.parse(await api.call(name, input));
      if (!outcome.isOk) throw new FailureError(outcome.failure);
      // Parsed with the output schema of this very name.
      return shellContract[name].output.parse(outcome.value) as ShellCallResult<typeof name>;
    },
    view: () => present,
    onView(listener) {
      viewListeners.add(listener);
      return () => viewListeners.delete(listener);
    },
    onCommand(listener) {
      commandListeners.add(listener);
      for (const command of unheard.splice(0)) listener(command);
      return () => commandListeners.delete(listener);
    },
  };
}
