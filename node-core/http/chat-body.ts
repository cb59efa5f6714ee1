import { z } from 'zod';
import { limits } from '../api/conversation-views.ts';

const nameOrNumber = z.union([z.string().max(200), z.number()]);

/** The body of `/chat` as HART OS's callers send it. Unknown fields are ignored. */
export const chatBodySchema = z.object({
  user_id: nameOrNumber.nullish(),
  prompt: z.string().trim().min(1, 'it is empty').max(limits.messageTextChars),
  /** Names an agent; anything else leaves it to the default one and is only given back. */
  prompt_id: nameOrNumber.nullish(),
});
export type ChatBody = z.infer<typeof chatBodySchema>;
