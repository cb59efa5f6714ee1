/** The share in the contract of recipes and their schedules. */
export const recipeCalls = {} as const;

export const recipeSubscriptions = {} as const;
