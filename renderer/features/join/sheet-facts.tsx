import type { ReactNode } from 'react';

/** Names and values of a sheet, in two columns. */
export function SheetFacts({ children }: { readonly children: ReactNode }) {
  return <dl className="mt-4 grid grid-cols-[minmax(5.5rem,8rem)_minmax(0,1fr)] gap-x-4 gap-y-2.5">{children}</dl>;
}

/** One line of SheetFacts. */
export function SheetFact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">{children}</dd>
    </>
  );
}
