import { FailureError } from '../../node-core/api/failures.ts';
import type { ShellCallHandlers, ShellCallName } from '../../node-core/api/shell-contract.ts';
import { defaultDesktopSettings, type ShellCommand, type ShellView } from '../../node-core/api/shell-views.ts';
import type { ShellClient } from '../../renderer/rpc/shell-client.ts';

/** A shell's view where all is well. */
export function shellView(part: Partial<ShellView> = {}): ShellView {
  return {
    platform: 'linux',
    runtime: { kind: 'running', since: 0 },
    settings: defaultDesktopSettings,
    tray: 'shown',
    update: { kind: 'off' },
    linkedChat: null,
    linkedJoin: null,
    notices: [],
    ...part,
  };
}

/** A desktop shell for tests of the page: says what it is told to say, and keeps what was asked of it. */
export interface FakeShell extends ShellClient {
  readonly calls: { readonly name: ShellCallName; readonly input: unknown }[];
  show(part: Partial<ShellView>): void;
  command(command: ShellCommand): void;
}

export function createFakeShell(part: Partial<ShellView> = {}, handlers: Partial<ShellCallHandlers> = {}): FakeShell {
  let view = shellView(part);
  const views = new Set<() => void>();
  const commands = new Set<(command: ShellCommand) => void>();
  const calls: FakeShell['calls'] = [];
  return {
    calls,
    async call(name, input) {
      calls.push({ name, input });
      const handler = handlers[name] as ((input: unknown) => never) | undefined;
      if (!handler) throw new FailureError({ kind: 'invalid-input', field: name, reason: 'the fake has no answer' });
      return handler(input);
    },
    view: () => view,
    onView(listener) {
      views.add(listener);
      return () => views.delete(listener);
    },
    onCommand(listener) {
      commands.add(listener);
      return () => commands.delete(listener);
    },
    show(next) {
      view = { ...view, ...next };
      for (const listener of [...views]) listener();
    },
    command(command) {
      for (const listener of [...commands]) listener(command);
    },
  };
}
