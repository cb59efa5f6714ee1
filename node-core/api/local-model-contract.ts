/** The share in the contract of local models: what can be downloaded, how it goes, what is here. */
export const localModelCalls = {} as const;

export const localModelSubscriptions = {} as const;
