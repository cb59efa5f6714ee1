/** How long ago, and how long it took. */
export const time = {
  daysAgo_one: '{{count}} day ago',
  daysAgo_other: '{{count}} days ago',
  hoursAgo: '{{count}} h ago',
  justNow: 'just now',
  milliseconds: '{{value}} ms',
  minutesAgo: '{{count}} min ago',
  seconds: '{{value}} s',
  secondsAgo: '{{count}} s ago',
} as const;
