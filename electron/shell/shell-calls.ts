import { ipcMain, type WebContents, type WebFrameMain } from 'electron';
import { type Failure, FailureError, failureOf } from '../../node-core/api/failures.ts';
import { type ShellCallHandlers, shellContract, shellMessages } from '../../node-core/api/shell-contract.ts';
import type { ShellCommand } from '../../node-core/api/shell-views.ts';
import { isPageAddress } from '../window/page-address.ts';
import type { ShellState } from './shell-state.ts';

type AnyHandler = (input: unknown) => unknown;

/** Whether a message comes from the page itself: the top frame, at the page's own address. */
export function isFromPage(frame: Pick<WebFrameMain, 'parent' | 'url'> | null): boolean {
  return frame !== null && frame.parent === null && isPageAddress(frame.url);
}

/** Answers the page's calls and tells it the shell's view. Whoever is not the page gets nothing. */
export function serveShell(state: ShellState, handlers: ShellCallHandlers): void {
  ipcMain.handle(shellMessages.call, async (event, name: unknown, input: unknown) => {
    if (!isFromPage(event.senderFrame)) return { isOk: false, failure: refusal('sender') };
    return answerCall(handlers, name, input);
  });
  const watching = new Set<WebContents>();
  ipcMain.on(shellMessages.watch, ({ sender, senderFrame }) => {
    if (!isFromPage(senderFrame)) return;
    if (!watching.has(sender)) {
      watching.add(sender);
      sender.once('destroyed', () => watching.delete(sender));
    }
    sender.send(shellMessages.view, state.get());
  });
  state.watch((view) => {
    for (const contents of watching) contents.send(shellMessages.view, view);
  });
}

/** Asks something of the page in a window. */
export function sendCommand(contents: WebContents, command: ShellCommand): void {
  const send = (): void => {
    if (!contents.isDestroyed()) contents.send(shellMessages.command, command);
  };
  // A file chooser opens only for an act of the person; a press on the menu is one that the page cannot see.
  if (command.kind === 'import') contents.executeJavaScript('undefined', true).then(send, send);
  else send();
}

/** One call, validated on the way in and out. Never rejects. */
export async function answerCall(handlers: ShellCallHandlers, name: unknown, input: unknown): Promise<unknown> {
  try {
    if (typeof name !== 'string' || !Object.hasOwn(shellContract, name))
      return { isOk: false, failure: refusal('name') };
    const known = name as keyof typeof shellContract;
    const parsed = shellContract[known].input.safeParse(input);
    if (!parsed.success) return { isOk: false, failure: refusal(parsed.error.issues[0]?.path.join('.') || 'input') };
    const value = await (handlers[known] as AnyHandler)(parsed.data);
    return { isOk: true, value: shellContract[known].output.parse(value) };
  } catch (error) {
    const failure = failureOf(error);
    if (!failure) console.error(`Something went wrong in ${String(name)}:`, error);
    return { isOk: false, failure: failure ?? { kind: 'bug', incident: 'shell' } };
  }
}

const refusal = (field: string): Failure =>
  new FailureError({ kind: 'invalid-input', field, reason: 'The shell does not know this.' }).failure;
