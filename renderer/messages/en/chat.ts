/** Words of the chat. */
export const chat = {} as const;
