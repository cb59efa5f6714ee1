import type { ReactNode } from 'react';

/** Names and values in two columns; one below the other where it is narrow. */
export function Facts({ children }: { children: ReactNode }) {
  return <dl className="divide-y divide-line">{children}</dl>;
}

interface FactProps {
  name: string;
  /** Buttons that belong to the value. */
  action?: ReactNode;
  children: ReactNode;
}

/** One line of Facts. */
export function Fact({ name, action, children }: FactProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2.5 first:pt-0.5 last:pb-0.5">
      <dt className="w-36 flex-none text-ink-2">{name}</dt>
      <dd className="flex min-w-[min(14rem,100%)] flex-1 flex-wrap items-center justify-between gap-x-3 gap-y-1.5">
        <span className="min-w-0 [overflow-wrap:anywhere]">{children}</span>
        {action !== undefined && <span className="flex flex-wrap gap-2">{action}</span>}
      </dd>
    </div>
  );
}
