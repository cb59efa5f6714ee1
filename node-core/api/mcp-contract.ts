/** The share in the contract of tool servers that the person added. */
export const mcpCalls = {} as const;

export const mcpSubscriptions = {} as const;
