import { z } from 'zod';
import { checkCodes, checkVerdicts } from '../protocol/health-check.ts';
import { clockMeasures, stateFixes, unreachableCauses } from '../protocol/state-reason.ts';

const fix = z.enum(stateFixes);
/** ms since the epoch */
const at = z.number();
const since = at;
const host = z.string().max(500);
const sentence = z.string().max(2_000);

/** Why a join or a renewal stands still (protocol/trust/obstacle.ts). */
export const obstacleSchema = z.object({
  kind: z.enum(['unreachable', 'refused', 'defect']),
  code: z.string().max(60),
  said: z.string().max(500).nullable(),
});

/** Why the state is as it is (state-reason.ts). */
export const stateReasonSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('runtime-gave-up'),
      cause: z.enum(['keeps-crashing', 'cannot-start']),
      since,
      sentence,
      fix,
    }),
    z.object({ kind: z.literal('runtime-restarting'), cause: z.enum(['crashed', 'hung']), since, fix }),
    z.object({ kind: z.literal('runtime-starting'), since, fix }),
    z.object({ kind: z.literal('runtime-stopping'), since, fix }),
    z.object({ kind: z.literal('keys-locked'), since, fix }),
    z.object({ kind: z.literal('paused-by-person'), since, fix }),
    z.object({ kind: z.literal('database-damaged'), problem: z.string().max(500), since, fix }),
    z.object({ kind: z.literal('disk-full'), free: z.string().max(40), since, fix }),
    z.object({ kind: z.literal('folder-unwritable'), since, fix }),
    z.object({
      kind: z.literal('clock-wrong'),
      direction: z.enum(['behind', 'ahead']),
      difference: z.string().max(60),
      against: z.enum(clockMeasures),
      since,
      fix,
    }),
    z.object({
      kind: z.literal('model-unreachable'),
      model: z.string().max(300),
      host: z.string().max(300),
      cause: z.enum(unreachableCauses),
      since,
      checkedAt: at,
      fix,
    }),
    z.object({ kind: z.literal('no-model'), fix }),
    z.object({ kind: z.literal('join-unconfirmed'), host, since, fix }),
    z.object({ kind: z.literal('join-applying'), host, since, fix }),
    z.object({ kind: z.literal('join-pending'), host, since, fix }),
    z.object({ kind: z.literal('join-failed'), host, since, obstacle: obstacleSchema.nullable(), fix }),
    z.object({
      kind: z.literal('membership-ended'),
      ending: z.enum(['revoked', 'lapsed']),
      since,
      said: z.string().max(200),
      fix,
    }),
    z.object({ kind: z.literal('trust-closed'), since, fix }),
    z.object({ kind: z.literal('membership-lapsed'), host, since, fix }),
    z.object({
      kind: z.literal('renewal-failing'),
      host,
      since,
      endsAt: at,
      obstacle: obstacleSchema.nullable(),
      fix,
    }),
    z.object({ kind: z.literal('hive-reconnecting'), host, since, fix }),
    z.object({
      kind: z.literal('parent-unreachable'),
      host,
      since,
      checkedAt: at,
      verifiedAt: at.nullable(),
      fix,
    }),
    z.object({ kind: z.literal('federation-key-differs'), since, fix }),
    z.object({ kind: z.literal('hive-deaf'), port: z.number().int().nullable(), since, fix }),
    z.object({ kind: z.literal('not-issuing'), since, sentence, fix }),
  ]),
);

/** One check (protocol/health-check.ts). */
export const healthCheckSchema = z.lazy(() =>
  z.object({
    code: z.enum(checkCodes),
    verdict: z.enum(checkVerdicts),
    finding: z.string().max(60),
    values: z.record(z.string().max(40), z.union([z.string().max(500), z.number(), z.object({ at })])),
    reason: stateReasonSchema.nullable(),
    /** The same as the status' own `at`: it is looked at each time a status is put together. */
    lookedAt: at.nullable(),
    under: z.enum(checkCodes).nullable(),
  }),
);
