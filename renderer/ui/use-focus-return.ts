import { useRef } from 'react';
import { focusHomeOf } from './focus-home.tsx';

interface FocusReturn {
  readonly onOpenAutoFocus: () => void;
  readonly onCloseAutoFocus: (event: Event) => void;
}

/**
 * Gives the focus back to what had it before a sheet opened. Radix does so only for sheets with a trigger of their own,
 * and ours are opened by state. What has taken the focus in the meantime keeps it.
 */
export function useFocusReturn(): FocusReturn {
  const opener = useRef<Element | null>(null);
  const home = useRef<HTMLElement | null>(null);
  return {
    onOpenAutoFocus: () => {
      opener.current = document.activeElement;
      home.current = focusHomeOf(document.activeElement);
    },
    onCloseAutoFocus: (event) => {
      event.preventDefault();
      const isFree = document.activeElement === null || document.activeElement === document.body;
      if (!isFree) return;
      // What opened the sheet may be gone by what was done in it.
      const isThere = opener.current?.isConnected === true;
      if (!isThere) home.current?.focus({ preventScroll: true });
      else if (opener.current instanceof HTMLElement) opener.current.focus();
    },
  };
}
