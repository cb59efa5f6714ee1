import type { ReactNode } from 'react';

interface PlainPageProps {
  readonly title?: string | undefined;
  readonly action?: ReactNode;
  readonly children?: ReactNode;
}

/** A page with nothing but a sentence: before there is anything else to show, or instead of it. */
export function PlainPage({ title, action, children }: PlainPageProps) {
  return (
    <main className="grid h-full place-items-center px-6">
      <div className="flex max-w-[52ch] animate-appear flex-col items-start gap-3">
        <span
          aria-hidden="true"
          className="grid size-10 place-items-center rounded-card bg-accent font-bold text-on-accent text-title"
        >
          N
        </span>
        {title !== undefined && <h1 className="text-balance font-bold text-title tracking-[-0.015em]">{title}</h1>}
        <div className="text-ink-2">{children}</div>
        {action}
      </div>
    </main>
  );
}
