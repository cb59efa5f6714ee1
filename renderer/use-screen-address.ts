import { useEffect } from 'react';
import { type Screen, useScreen } from './screen.tsx';
import { addressOf, screenOf } from './screen-address.ts';

/** Keeps the page's address and the screen the same, both ways. */
export function useScreenAddress(): void {
  const screen = useScreen((state) => state.screen);
  const show = useScreen((state) => state.show);
  useEffect(() => {
    const address = addressOf(screen);
    if (window.location.hash === address) return;
    // A new chat becomes a conversation in place: "back" must not lead to an empty one.
    const isInPlace = isNewChat(window.location.hash) || window.location.hash === '';
    if (isInPlace) window.history.replaceState(null, '', address);
    else window.history.pushState(null, '', address);
  }, [screen]);
  useEffect(() => {
    const onPopState = () => show(screenOf(window.location.hash));
    window.addEventListener('popstate', onPopState);
    return () => window.removeEventListener('popstate', onPopState);
  }, [show]);
}

const isNewChat = (hash: string): boolean => {
  const screen: Screen = screenOf(hash);
  return screen.kind === 'chat' && screen.conversationId === null;
};
