import type { TFunction } from 'i18next';

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
export function formatDuration(t: TFunction, language: string, ms: number): string {
  const isShort = ms < 999.5;
  const format = new Intl.NumberFormat(language, { maximumFractionDigits: isShort ? 0 : 1 });
  const value = format.format(isShort ? ms : ms / 1000);
  return isShort ? t('time.milliseconds', { value }) : t('time.seconds', { value });
}
