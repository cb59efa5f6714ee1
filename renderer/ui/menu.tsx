import { Check } from 'lucide-react';
import { DropdownMenu as Radix } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { classes } from './classes.ts';
import { Kbd } from './kbd.tsx';

interface DropdownMenuProps {
  /** The button that opens it. */
  trigger: ReactElement;
  align?: 'start' | 'center' | 'end' | undefined;
  side?: 'top' | 'bottom' | undefined;
  children: ReactNode;
}

/** A list of things to do or to choose from, opened by a button. */
export function DropdownMenu({ trigger, align = 'start', side = 'bottom', children }: DropdownMenuProps) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          className="z-50 max-h-[min(28rem,var(--radix-dropdown-menu-content-available-height))] min-w-44 max-w-80 animate-appear overflow-y-auto rounded-card border border-line bg-surface p-1 text-ink shadow-float"
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

const item = classes(
  'flex min-h-8 cursor-pointer select-none items-center gap-2.5 rounded-[7px] px-2.5 py-1.5 outline-none',
  'data-[highlighted]:bg-sunken data-[disabled]:cursor-default data-[disabled]:opacity-50',
);

interface MenuItemProps {
  icon?: ReactNode;
  shortcut?: string | undefined;
  isDanger?: boolean | undefined;
  disabled?: boolean | undefined;
  onSelect: () => void;
  children: ReactNode;
}

/** One thing to do. */
export function MenuItem({ icon, shortcut, isDanger = false, disabled = false, onSelect, children }: MenuItemProps) {
  return (
    <Radix.Item disabled={disabled} onSelect={onSelect} className={classes(item, isDanger && 'text-bad')}>
      {icon}
      <span className="min-w-0 flex-1">{children}</span>
      {shortcut !== undefined && <Kbd>{shortcut}</Kbd>}
    </Radix.Item>
  );
}

interface MenuChoicesProps {
  value: string;
  onChange: (value: string) => void;
  label?: string | undefined;
  children: ReactNode;
}

/** A group of which one is chosen; holds MenuChoice. */
export function MenuChoices({ value, onChange, label, children }: MenuChoicesProps) {
  return (
    <Radix.RadioGroup value={value} onValueChange={onChange} aria-label={label}>
      {label !== undefined && <MenuLabel>{label}</MenuLabel>}
      {children}
    </Radix.RadioGroup>
  );
}

interface MenuChoiceProps {
  value: string;
  /** A second, quieter line. */
  detail?: ReactNode;
  disabled?: boolean | undefined;
  children: ReactNode;
}

/** One of several that exclude each other; the chosen one has a tick. */
export function MenuChoice({ value, detail, disabled = false, children }: MenuChoiceProps) {
  return (
    <Radix.RadioItem value={value} disabled={disabled} className={item}>
      <span className="min-w-0 flex-1">
        <span className="block [overflow-wrap:anywhere]">{children}</span>
        {detail !== undefined && <span className="block text-ink-3 text-tiny">{detail}</span>}
      </span>
      <span className="size-4 flex-none text-accent">
        <Radix.ItemIndicator>
          <Check aria-hidden="true" />
        </Radix.ItemIndicator>
      </span>
    </Radix.RadioItem>
  );
}

/** Things to do under a heading that says what they have in common. */
export function MenuGroup({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Radix.Group aria-label={label}>
      <MenuLabel>{label}</MenuLabel>
      {children}
    </Radix.Group>
  );
}

/** Heading of a group. */
function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="px-2.5 pt-2 pb-1 font-semibold text-ink-3 text-tiny">{children}</Radix.Label>;
}

/** A hairline between groups. */
export function MenuSeparator() {
  return <Radix.Separator className="mx-1 my-1 h-px bg-line" />;
}
