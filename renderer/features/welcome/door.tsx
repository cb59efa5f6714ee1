import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';

interface DoorProps {
  title: string;
  hint: string;
  /** Shows its title until it is opened. */
  isFolded?: boolean | undefined;
  children: ReactNode;
}

/** One way to a model. */
export function Door({ title, hint, isFolded = false, children }: DoorProps) {
  const words = (
    <span className="min-w-0 flex-1">
      <span className="block font-semibold text-lead">{title}</span>
      <span className="block text-ink-2 text-small">{hint}</span>
    </span>
  );
  if (isFolded) {
    return (
      <details className="group rounded-sheet border border-line bg-surface shadow-near">
        <summary className="flex list-none items-center gap-3 rounded-sheet px-5 py-4">
          <h2 className="contents">{words}</h2>
          <ChevronDown aria-hidden="true" className="text-ink-3 transition-transform group-open:rotate-180" />
        </summary>
        <div className="px-5 pb-5">{children}</div>
      </details>
    );
  }
  return (
    <section className="rounded-sheet border border-line bg-surface px-5 py-4 shadow-near">
      <h2 className="flex">{words}</h2>
      {children}
    </section>
  );
}
