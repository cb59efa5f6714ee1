import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon?: ReactNode;
  title: string;
  /** What to do next. */
  children?: ReactNode;
  action?: ReactNode;
}

/** Where nothing is yet: says so and what to do next. */
export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="flex flex-col items-center gap-1 px-6 py-10 text-center">
      {icon !== undefined && (
        <span className="mb-2 grid size-10 place-items-center rounded-card bg-sunken text-ink-2">{icon}</span>
      )}
      <p className="font-semibold">{title}</p>
      {children !== undefined && <div className="max-w-[44ch] text-balance text-ink-2 text-small">{children}</div>}
      {action !== undefined && <div className="mt-3 flex flex-wrap justify-center gap-2.5">{action}</div>}
    </div>
  );
}
