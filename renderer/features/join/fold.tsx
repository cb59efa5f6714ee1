import { ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from '../../ui/classes.ts';

interface FoldProps {
  readonly title: string;
  readonly className?: string;
  readonly children: ReactNode;
}

/** What is shown on demand. */
export function Fold({ title, className, children }: FoldProps) {
  return (
    <details className={classes('group', className)}>
      <summary className="inline-flex list-none items-center gap-1.5 rounded-tag">
        {title}
        <ChevronDown aria-hidden="true" className="text-ink-3 transition-transform group-open:rotate-180" />
      </summary>
      {children}
    </details>
  );
}
