/** Words of models. */
export const models = {} as const;
