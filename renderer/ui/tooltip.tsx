import { Tooltip as Radix } from 'radix-ui';
import type { ReactElement } from 'react';
import { Kbd } from './kbd.tsx';

interface TooltipProps {
  label: string;
  shortcut?: string | undefined;
  /** The element that the words belong to; it must take a ref and be focusable. */
  children: ReactElement;
}

/** A few words about a control, on hover and on focus. The control keeps its own accessible name. */
export function Tooltip({ label, shortcut, children }: TooltipProps) {
  return (
    <Radix.Provider delayDuration={450}>
      <Radix.Root disableHoverableContent>
        <Radix.Trigger asChild>{children}</Radix.Trigger>
        <Radix.Portal>
          <Radix.Content
            sideOffset={6}
            collisionPadding={8}
            className="z-50 flex max-w-72 animate-appear items-center gap-2 rounded-control border border-line bg-surface px-2 py-1 text-ink text-small shadow-float"
          >
            {label}
            {shortcut !== undefined && <Kbd>{shortcut}</Kbd>}
          </Radix.Content>
        </Radix.Portal>
      </Radix.Root>
    </Radix.Provider>
  );
}
