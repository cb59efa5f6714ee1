import type { ReactNode } from 'react';
import { classes } from './classes.ts';

interface PageProps {
  title: string;
  /** One quiet line under the title. */
  subtitle?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A page of at most 860 px with its title; scrolls by itself. */
export function Page({ title, subtitle, actions, children }: PageProps) {
  return (
    // `relative`: what is placed for screen readers alone scrolls with the page instead of making the window taller.
    <div className="relative h-full overflow-y-auto px-4 py-7 sm:px-9">
      <div className="mx-auto w-full max-w-[860px]">
        <header className="flex flex-wrap items-end justify-between gap-3">
          <div className="min-w-0">
            <h1 className="font-bold text-title tracking-[-0.015em]">{title}</h1>
            {subtitle !== undefined && <p className="text-ink-2 text-small">{subtitle}</p>}
          </div>
          {actions !== undefined && <div className="flex flex-wrap gap-2.5">{actions}</div>}
        </header>
        {children}
      </div>
    </div>
  );
}

interface SectionProps {
  title: string;
  /** What this is about, in a sentence. */
  hint?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** A part of a page with a heading. */
export function Section({ title, hint, actions, children }: SectionProps) {
  return (
    <section className="mt-7">
      <div className="mb-2.5 flex flex-wrap items-end justify-between gap-x-3 gap-y-2.5">
        <div className="min-w-0">
          <h2 className="font-semibold text-base">{title}</h2>
          {hint !== undefined && <p className="max-w-[68ch] text-pretty text-ink-2 text-small">{hint}</p>}
        </div>
        {actions !== undefined && <div className="flex flex-wrap gap-2">{actions}</div>}
      </div>
      {children}
    </section>
  );
}

/** A white sheet for things that belong together. */
export function Card({ className, children }: { className?: string | undefined; children: ReactNode }) {
  return <div className={classes('rounded-card border border-line bg-surface px-4 py-3.5', className)}>{children}</div>;
}
