import { useCall } from '../../rpc/use-call.ts';

/** Remembers that the welcome was left, and shows the chat; stays with a sentence if it cannot be remembered. */
export function useLeaveWelcome(onChat: (agentId: string | null) => void) {
  const update = useCall('settings.update');
  const leave = async (agentId: string | null): Promise<void> => {
    const outcome = await update.run({ isWelcomed: true });
    if (outcome.isOk) onChat(agentId);
  };
  return { leave, failure: update.failure };
}
