/** Words of agents. */
export const agents = {} as const;
