/** Words of the page Trust. */
export const trust = {
  title: 'Trust',
} as const;
