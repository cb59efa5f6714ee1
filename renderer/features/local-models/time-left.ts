/** "45 sec", "3 min", "2 hr": one unit, as a guess is no more exact than that. */
export function timeLeft(seconds: number, language: string): string {
  const [value, unit] =
    seconds < 90 ? [seconds, 'second'] : seconds < 5400 ? [seconds / 60, 'minute'] : [seconds / 3600, 'hour'];
  const options = { style: 'unit', unit: String(unit), maximumFractionDigits: 0 } as const;
  return new Intl.NumberFormat(language, options).format(Number(value));
}
