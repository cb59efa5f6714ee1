import { type ReactNode, useEffect, useRef } from 'react';

interface SheetProps {
  readonly title: string;
  /** One quiet line under the title. */
  readonly subtitle?: ReactNode;
  /** Buttons at the end. */
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

/** One step of joining, as a sheet of its own. The focus starts on its title, so that it is read out. */
export function Sheet({ title, subtitle, actions, children }: SheetProps) {
  return (
    <div className="relative h-full overflow-y-auto px-4 py-7 sm:px-9">
      <section className="mx-auto w-full max-w-[560px] animate-appear rounded-sheet border border-line bg-surface px-5 py-6 shadow-float sm:px-7">
        <StepTitle>{title}</StepTitle>
        {subtitle !== undefined && <p className="mt-0.5 text-pretty text-ink-2 text-small">{subtitle}</p>}
        {children}
        {actions !== undefined && <div className="mt-6 flex flex-wrap justify-end gap-2.5">{actions}</div>}
      </section>
    </div>
  );
}

/** The title of a step; it takes the focus when the step begins. */
function StepTitle({ children }: { readonly children: string }) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => title.current?.focus(), []);
  return (
    <h1
      ref={title}
      tabIndex={-1}
      className="text-balance font-bold text-title tracking-[-0.015em] outline-none [overflow-wrap:anywhere]"
    >
      {children}
    </h1>
  );
}
