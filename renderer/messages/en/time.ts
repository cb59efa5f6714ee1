/** How long ago, and how long it took. */
export const time = {
  daysAgo_one: '{{count}} day ago',
  daysAgo_other: '{{count}} days ago',
  hoursAgo: '{{count}} h ago',
  justNow: 'just now',
  minutesAgo: '{{count}} min ago',
  secondsAgo: '{{count}} s ago',
} as const;
