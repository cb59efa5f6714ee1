import { z } from 'zod';

/** ULID: 26 characters of Crockford base 32. */
export const idSchema = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/);

/** Identifier of an agent: a file's (`nunba`) or a person's own (`own-<ulid, lower case>`). */
export const agentIdSchema = z.string().regex(/^[a-z0-9-]{1,60}$/);
