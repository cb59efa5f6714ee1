import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';

/** What is shown only when it is asked for. */
export function Fold({ label, children }: { label: string; children: ReactNode }) {
  return (
    <details className="group/fold mt-3">
      <summary className="inline-flex list-none items-center gap-1.5 rounded-control py-0.5 text-ink-2 text-small hover:text-ink">
        <ChevronDown aria-hidden="true" className="transition-transform group-open/fold:rotate-180" />
        {label}
      </summary>
      <div className="mt-2 rounded-card border border-line bg-surface px-4 py-3">{children}</div>
    </details>
  );
}
