import { Ellipsis } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { DropdownMenu } from './menu.tsx';

interface MoreMenuProps {
  /** Of what it is the menu, for people who do not see the row: "More for Coder". */
  label: string;
  children: ReactNode;
}

/** What else can be done with one row of a list, behind three dots at its end. */
export function MoreMenu({ label, children }: MoreMenuProps) {
  return (
    <DropdownMenu
      align="end"
      trigger={<Button variant="quiet" size="sm" icon={<Ellipsis />} aria-label={label} className="size-7 px-0" />}
    >
      {children}
    </DropdownMenu>
  );
}
