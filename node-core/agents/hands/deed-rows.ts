import { z } from 'zod';
import { toolOutcomeSchema } from '../../api/conversation-views.ts';
import { approvalSchema, deedSchema, type PastDeed } from '../../api/hands-views.ts';
import type { Effect } from '../../protocol/hands/effect.ts';
import type { ToolOutcome } from '../../protocol/ports/answers.ts';
import type { BegunDeed } from '../../protocol/ports/deed-records.ts';
import type { DeedRow, DeedStepTable } from '../../storage/hands-schema.ts';
import { parseJson } from '../stored-json.ts';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const path = z.string().min(1);

/** As `Effect` of protocol/hands/effect.ts. */
const effectSchema = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('write-file'),
      path,
      before: z.object({ sha256, keptAs: z.string() }).nullable(),
      afterSha256: sha256,
    }),
    z.object({
      kind: z.literal('move'),
      from: path,
      to: path,
      what: z.object({ id: z.string(), content: z.string().nullable() }).optional(),
    }),
    z.object({ kind: z.literal('make-folder'), path }),
    z.object({ kind: z.literal('remove-file'), path, sha256, keptAs: z.string() }),
    z.object({ kind: z.literal('outside'), what: z.string() }),
  ]),
) satisfies z.ZodType<Effect>;

/** The effect of a step, or `null` if the row cannot be read. */
export function readEffect(row: Pick<DeedStepTable, 'effect_json'>): Effect | null {
  const parsed = effectSchema.safeParse(parseJson(row.effect_json));
  return parsed.success ? parsed.data : null;
}

/** What the model was told of a deed, or `null` if it was told nothing yet. */
export function readOutcome(row: Pick<DeedRow, 'outcome_json'>): ToolOutcome | null {
  if (row.outcome_json === null) return null;
  const parsed = toolOutcomeSchema.safeParse(parseJson(row.outcome_json));
  return parsed.success ? parsed.data : null;
}

/** A row as the chat needs it; `null` if it cannot be read. */
export function readBegun(row: DeedRow): BegunDeed | null {
  const deed = deedSchema.safeParse(parseJson(row.deed_json));
  const approval = approvalSchema.safeParse(parseJson(row.approval_json));
  const given = z.json().safeParse(parseJson(row.arguments_json));
  if (!deed.success || !approval.success || !given.success) return null;
  return {
    callId: row.call_id,
    toolName: row.tool_name,
    arguments: given.data,
    deed: deed.data,
    approval: approval.data,
  };
}

/** A row as the page shows it; `null` if it cannot be read. */
export function readPast(row: DeedRow, steps: readonly DeedStepTable['state'][], isRunning: boolean): PastDeed | null {
  const begun = readBegun(row);
  const deed = deedSchema.safeParse(begun?.deed);
  if (!begun || !deed.success) return null;
  const { callId, toolName, approval } = begun;
  return {
    callId,
    toolName,
    approval,
    deed: deed.data,
    conversationId: row.conversation_id,
    messageId: row.message_id,
    agentId: row.agent_id,
    doneCount: steps.filter(wasDone).length,
    stepCount: steps.length,
    end: isRunning ? 'running' : endOf(readOutcome(row), steps),
    undo: row.undo,
    at: row.at,
  };
}

/** Whether a step has happened, whatever became of it later. */
export const wasDone = (state: DeedStepTable['state']): boolean =>
  state === 'done' || state === 'undone' || state === 'changed';

function endOf(outcome: ToolOutcome | null, steps: readonly DeedStepTable['state'][]): PastDeed['end'] {
  if (steps.some((state) => state === 'unknown' || state === 'started')) return 'unknown';
  if (!steps.some(wasDone)) return 'not-done';
  return outcome?.kind === 'done' && steps.every(wasDone) ? 'done' : 'partly';
}
