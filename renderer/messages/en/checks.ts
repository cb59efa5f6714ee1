/** Words of the page Health. */
export const checks = {
  title: 'Health',
} as const;
