import { useEffect } from 'react';
import { useShell, useShellView } from './rpc/shell-provider.tsx';
import { useScreen } from './screen.tsx';

/**
 * Shows the review of a link to join by that was opened outside of the page. It joins nothing, and it waits in the shell
 * while another review or another decision is shown, so that what is under the person's hand stays what they have read.
 * @param canOpen false while something else, such as the welcome, must be done first
 */
export function useLinkedJoin(canOpen: boolean): void {
  const shell = useShell();
  const linked = useShellView()?.linkedJoin ?? null;
  const showJoin = useScreen((state) => state.showJoin);
  const reviewedId = useScreen(({ screen, joinGoal }) => (screen.kind === 'join' ? (joinGoal?.id ?? null) : null));
  const isHeld = useScreen(({ holds }) => holds > 0);
  useEffect(() => {
    if (!shell || !linked || !canOpen || isHeld) return;
    if (reviewedId !== null && reviewedId !== linked.id) return;
    if (reviewedId === null) showJoin({ id: linked.id, link: linked.link });
    // If the shell does not hear it, it shows the same link again, which changes nothing.
    shell.call('linkedJoin.taken', { id: linked.id }).catch(() => undefined);
  }, [shell, linked, canOpen, isHeld, reviewedId, showJoin]);
}
