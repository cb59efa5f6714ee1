/** The share in the contract of collections of files that agents answer from. */
export const knowledgeCalls = {} as const;

export const knowledgeSubscriptions = {} as const;
