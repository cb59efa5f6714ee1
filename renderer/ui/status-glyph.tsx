import { Check, Ellipsis, Info, TriangleAlert, X } from 'lucide-react';
import { classes } from './classes.ts';

/** What a glyph can say; each has a shape of its own, so that the colour is never alone. */
export type Status = 'ok' | 'warn' | 'bad' | 'busy' | 'info' | 'none';

const looks = {
  ok: { shape: 'rounded-full bg-ok-soft text-ok', Icon: Check },
  warn: { shape: 'rounded-[5px] bg-warn-soft text-warn', Icon: TriangleAlert },
  bad: { shape: 'rounded-none bg-bad-soft text-bad', Icon: X },
  busy: { shape: 'rounded-[5px] bg-accent-soft text-accent', Icon: Ellipsis },
  info: { shape: 'rounded-full bg-accent-soft text-accent', Icon: Info },
  none: { shape: 'rounded-full border-2 border-line-strong', Icon: null },
} as const;

/** A state as a small shape. Decoration: the sentence beside it says the same. */
export function StatusGlyph({ status, className }: { status: Status; className?: string | undefined }) {
  const { shape, Icon } = looks[status];
  return (
    <span aria-hidden="true" className={classes('grid size-4.5 flex-none place-items-center', shape, className)}>
      {Icon && <Icon className="size-3! stroke-[2.5]!" />}
    </span>
  );
}
