import { Fragment } from 'react';
import { classes } from '../ui/classes.ts';
import { ExactText } from './exact-text.tsx';

interface PathTextProps {
  readonly path: string;
  readonly className?: string | undefined;
}

/** A path: each name keeps its own writing direction, so that none changes places with its neighbour. */
export function PathText({ path, className }: PathTextProps) {
  return (
    <span dir="ltr" className={classes('font-mono [overflow-wrap:anywhere]', className)}>
      {path.split(/(?<=[\\/])/).map((name, place) => (
        // The names of a path have no other identity than their place.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Fragment key={place}>
          <bdi>
            <ExactText text={name} />
          </bdi>
          <wbr />
        </Fragment>
      ))}
    </span>
  );
}
