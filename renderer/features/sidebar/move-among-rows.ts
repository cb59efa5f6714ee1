import type { KeyboardEvent } from 'react';

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** Lets the arrow keys, Home and End move among the `[data-row]` buttons of the list that has the handler. */
export function moveAmongRows(event: KeyboardEvent<HTMLElement>): void {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')];
  const present = rows.findIndex((row) => row.matches(':focus'));
  if (present < 0) return;
  const step = steps[event.key];
  const next = step === undefined ? { Home: 0, End: rows.length - 1 }[event.key] : present + step;
  const row = next === undefined ? undefined : rows[next];
  if (!row) return;
  event.preventDefault();
  row.focus();
}
