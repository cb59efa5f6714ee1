import type { ReactNode } from 'react';
import type { NodeState } from '../../node-core/protocol/node-state.ts';
import { classes } from './classes.ts';

/** The shapes of the tray (interface.md, Tray), on a field of 16 by 16. */
const shapes: Readonly<Record<NodeState, { readonly colour: string; readonly shape: ReactNode }>> = {
  flat: {
    colour: 'text-ink-3',
    shape: <circle cx="8" cy="8" r="5" fill="none" stroke="currentColor" strokeWidth="2" />,
  },
  joining: {
    colour: 'text-ink-2',
    shape: (
      <>
        <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M8 2a6 6 0 0 0 0 12z" fill="currentColor" />
      </>
    ),
  },
  healthy: {
    colour: 'text-ok',
    shape: (
      <>
        <circle cx="8" cy="8" r="7" fill="currentColor" />
        <path d="m4.8 8.2 2.2 2.2 4.2-4.6" fill="none" className="stroke-surface" strokeWidth="1.8" />
      </>
    ),
  },
  degraded: {
    colour: 'text-warn',
    shape: (
      <>
        <circle cx="8" cy="8" r="7" fill="currentColor" />
        <path d="M8 4v5M8 11v1.6" fill="none" className="stroke-surface" strokeWidth="1.8" />
      </>
    ),
  },
  attention: {
    colour: 'text-bad',
    shape: (
      <>
        <circle cx="8" cy="8" r="7" fill="currentColor" />
        <path d="m5 5 6 6M11 5l-6 6" fill="none" className="stroke-surface" strokeWidth="2" />
      </>
    ),
  },
  paused: { colour: 'text-ink-2', shape: <path d="M4 3h3v10H4zM9 3h3v10H9z" fill="currentColor" /> },
  halted: { colour: 'text-bad', shape: <path d="M3 3h10v10H3z" fill="currentColor" /> },
};

/** The node's state as a shape of its own and a colour. Decoration: the sentence beside it says the same. */
export function StateGlyph({ state, className }: { readonly state: NodeState; readonly className?: string }) {
  const { colour, shape } = shapes[state];
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      data-state={state}
      className={classes('size-4 flex-none', colour, className)}
    >
      {shape}
    </svg>
  );
}
