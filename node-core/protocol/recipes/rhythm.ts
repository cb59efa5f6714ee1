/** How often something is done, in the time of the person's zone. `at` is `HH:MM`. */
export type Rhythm =
  | { readonly kind: 'daily'; readonly at: string }
  /** Monday to Friday. */
  | { readonly kind: 'weekdays'; readonly at: string }
  /** @property day 0: Sunday to 6: Saturday */
  | { readonly kind: 'weekly'; readonly day: number; readonly at: string }
  /** @property day 1 to 28; 31: the last day of the month, whichever that is */
  | { readonly kind: 'monthly'; readonly day: number; readonly at: string }
  /** Five fields, as cron has them. */
  | { readonly kind: 'cron'; readonly text: string };

/** What is done about a run whose time went by while the computer slept or Nunba was not running. */
export const missedPolicies = ['run-once', 'skip'] as const;
export type MissedPolicy = (typeof missedPolicies)[number];

/** The rhythm as cron text. Pure. */
export function cronOf(rhythm: Rhythm): string {
  if (rhythm.kind === 'cron') return rhythm.text.trim();
  const [hour, minute] = rhythm.at.split(':').map(Number);
  const time = `${minute} ${hour}`;
  switch (rhythm.kind) {
    case 'daily':
      return `${time} * * *`;
    case 'weekdays':
      return `${time} * * 1-5`;
    case 'weekly':
      return `${time} * * ${rhythm.day}`;
    case 'monthly':
      return rhythm.day <= 28 ? `${time} ${rhythm.day} * *` : `${time} L * *`;
  }
}
