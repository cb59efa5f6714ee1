import { ContextMenu as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { classes } from '../../ui/classes.ts';

interface Entry {
  readonly key: string;
  readonly icon: ReactNode;
  readonly label: string;
  readonly run: () => void;
  readonly isDanger?: boolean | undefined;
}

interface ContextMenuProps {
  readonly entries: readonly Entry[];
  /** What is right-clicked; it must take a ref. */
  readonly children: ReactElement;
}

/** The entries of a row's menu at the place of a right click. */
export function ContextMenu({ entries, children }: ContextMenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="z-50 min-w-44 animate-appear rounded-card border border-line bg-surface p-1 text-ink shadow-float">
          {entries.map(({ key, icon, label, run, isDanger }) => (
            <Radix.Item
              key={key}
              onSelect={run}
              className={classes(
                'flex min-h-8 cursor-pointer select-none items-center gap-2.5 rounded-[7px] px-2.5 py-1.5 outline-none data-[highlighted]:bg-sunken',
                isDanger && 'text-bad',
              )}
            >
              {icon}
              {label}
            </Radix.Item>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
