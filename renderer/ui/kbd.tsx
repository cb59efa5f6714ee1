import type { ReactNode } from 'react';

/** A key or a chord of keys. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-block whitespace-nowrap rounded-tag border border-line bg-paper px-1.5 py-px font-sans text-ink-3 text-tiny">
      {children}
    </kbd>
  );
}
