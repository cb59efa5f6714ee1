import { ChevronDown } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { classes } from '../../ui/classes.ts';

interface FoldProps {
  readonly title: string;
  readonly isOpenFirst?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

/** What is shown on demand; what was typed into it outlives folding it away. */
export function Fold({ title, isOpenFirst = false, className, children }: FoldProps) {
  const id = useId();
  const [isOpen, setOpen] = useState(isOpenFirst);
  return (
    <div className={className}>
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={id}
        onClick={() => setOpen(!isOpen)}
        className="inline-flex items-center gap-1.5 rounded-tag font-medium"
      >
        {title}
        <ChevronDown
          aria-hidden="true"
          className={classes('text-ink-3 transition-transform', isOpen && 'rotate-180')}
        />
      </button>
      <div id={id} hidden={!isOpen}>
        {children}
      </div>
    </div>
  );
}
