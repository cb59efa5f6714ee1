import { useEffect, useRef, useState } from 'react';
import { useClient } from '../../../rpc/client-provider.tsx';
import { useScreen } from '../../../screen.tsx';
import { type OpenThread, useShape } from './use-thread.ts';

/** How long a message that was jumped to stays marked, ms. */
const flashMs = 2_000;

/**
 * Goes to the message that a search or a citation asked for: chooses its branch, scrolls to it and marks it.
 * @returns id of the message that is marked just now
 */
export function useTarget(
  conversationId: string,
  thread: OpenThread,
  scrollTo: (index: number) => void,
): string | null {
  const client = useClient();
  const target = useScreen((state) => state.target);
  const arrived = useScreen((state) => state.arrived);
  const isOpened = useShape(thread.store).conversation !== null;
  const [flashed, setFlashed] = useState<string | null>(null);
  const scroll = useRef(scrollTo);
  scroll.current = scrollTo;

  const messageId = isOpened && target?.conversationId === conversationId ? target.messageId : null;
  useEffect(() => {
    if (messageId === null) return;
    let isCurrent = true;
    client.call('thread.choose', { messageId }).then(
      ({ index }) => {
        if (!isCurrent) return;
        arrived();
        setFlashed(messageId);
        // The branch is on its way in the same frame; the row is there after it.
        requestAnimationFrame(() => requestAnimationFrame(() => scroll.current(index)));
      },
      () => isCurrent && arrived(),
    );
    return () => {
      isCurrent = false;
    };
  }, [client, messageId, arrived]);

  useEffect(() => {
    if (flashed === null) return;
    const timer = setTimeout(() => setFlashed(null), flashMs);
    return () => clearTimeout(timer);
  }, [flashed]);
  return flashed;
}
