import type { ReactNode } from 'react';

/** Heading of a group of rows. */
export function GroupHeading({ children }: { readonly children: ReactNode }) {
  return <h2 className="px-2 pt-3 pb-1 font-semibold text-ink-3 text-tiny tracking-[0.02em]">{children}</h2>;
}
