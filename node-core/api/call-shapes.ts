import { z } from 'zod';

/** A call or subscription that takes nothing. */
export const nothing = z.object({});
/** A call that tells nothing but that it is done. */
export const done = z.object({});
/** One call: what it takes and what it answers. */
export const call = <I extends z.ZodType, O extends z.ZodType>(input: I, output: O) => ({ input, output });
/** One subscription: what it takes and what it tells, the present value first. */
export const subscription = <I extends z.ZodType, O extends z.ZodType>(input: I, item: O) => ({ input, item });
