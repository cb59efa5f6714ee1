const units = ['kB', 'MB', 'GB', 'TB'] as const;

/** `12 kB`, `48 MB`, `1.2 GB`: powers of 1,000, one decimal below ten from megabytes on. */
export function describeBytes(bytes: number): string {
  let value = Math.ceil(Math.max(0, bytes) / 1000);
  let step = 0;
  while (value >= 999.5 && step < units.length - 1) {
    value /= 1000;
    step += 1;
  }
  const isFine = step > 0 && value < 9.95;
  return `${isFine ? value.toFixed(1).replace(/\.0$/, '') : Math.round(value)} ${units[step] ?? 'TB'}`;
}
