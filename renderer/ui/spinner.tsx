import { LoaderCircle } from 'lucide-react';
import { classes } from './classes.ts';

/** Work goes on. With a `label` it says what; without, the text beside it does. */
export function Spinner({ label, className }: { label?: string | undefined; className?: string | undefined }) {
  const icon = <LoaderCircle aria-hidden="true" className={classes('animate-turn', className)} />;
  if (label === undefined) return icon;
  return (
    <span role="status" className="inline-flex items-center gap-2 text-ink-2">
      {icon}
      <span>{label}</span>
    </span>
  );
}
