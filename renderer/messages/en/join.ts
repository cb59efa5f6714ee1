/** Words of the page Join a hive. */
export const join = {
  title: 'Join a hive',
} as const;
