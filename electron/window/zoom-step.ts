import { zoomLimits } from '../settings/settings-schema.ts';

/** What the person can do to the zoom. */
export type ZoomStep = 'in' | 'out' | 'reset';

/** Half of one of Chromium's steps: about 10 % each. */
const stepSize = 0.5;

/** The level of zoom after a step: within the limits, on a whole step, 0 is 100 %. */
export function zoomAfter(level: number, step: ZoomStep): number {
  if (step === 'reset') return 0;
  const next = Math.round(level / stepSize) * stepSize + (step === 'in' ? stepSize : -stepSize);
  return Math.min(Math.max(next, zoomLimits.least), zoomLimits.most);
}
