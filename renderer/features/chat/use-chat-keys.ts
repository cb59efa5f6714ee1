import { type RefObject, useEffect } from 'react';

interface ChatKeys {
  readonly input: RefObject<HTMLTextAreaElement | null>;
  readonly isRunning: boolean;
  readonly onStop: () => void;
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName));

/** Something above the page takes the keys. */
const isCovered = (): boolean =>
  document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;

/** `/` goes to the composer, Escape stops the answer. */
export function useChatKeys({ input, isRunning, onStop }: ChatKeys): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || isCovered()) return;
      if (event.key === '/' && !isTyping(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        input.current?.focus();
      }
      if (event.key === 'Escape' && isRunning) {
        event.preventDefault();
        onStop();
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [input, isRunning, onStop]);
}
