const units = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** "12 kB", "48 MB", "1.2 GB": powers of 1,000, one decimal below ten from megabytes on. */
export function formatBytes(bytes: number, language: string): string {
  let value = Math.ceil(Math.max(0, bytes) / 1000);
  let step = 0;
  while (value >= 999.5 && step < units.length - 1) {
    value /= 1000;
    step += 1;
  }
  const maximumFractionDigits = step > 0 && value < 10 ? 1 : 0;
  const unit = units[step] ?? 'kilobyte';
  return new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits }).format(value);
}

/** "61 ms", "1.4 s". */
export function formatDuration(ms: number, language: string): string {
  const isShort = ms < 1000;
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: isShort ? 'millisecond' : 'second',
    maximumFractionDigits: isShort ? 0 : 1,
  }).format(isShort ? ms : ms / 1000);
}
