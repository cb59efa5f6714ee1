import type { MessagePart } from '../api/conversation-views.ts';
import { toolOutcomeSchema } from '../api/conversation-views.ts';
import { deedSchema } from '../api/hands-views.ts';
import type { DeedEnd, DeedRecords } from '../protocol/ports/deed-records.ts';
import { type StoredAnswer, unsettledCalls, withoutOpenTools } from './stored-message.ts';

/**
 * The parts of an answer that the last process did not finish, as the records of deeds have it: what was done is told,
 * and a deed that began before the answer was kept again is added at the end, so that nobody does it twice.
 */
export async function recoveredParts(answer: StoredAnswer, deeds: DeedRecords): Promise<MessagePart[]> {
  const known = withoutOpenTools(answer.parts);
  const knownIds = new Set(known.flatMap((part) => (part.kind === 'tool' ? [part.callId] : [])));
  const lost = (await deeds.begunFor(answer.id)).filter(({ callId }) => !knownIds.has(callId));
  const parts: MessagePart[] = [...known];
  for (const { callId, toolName, arguments: given, deed, approval } of lost) {
    parts.push({
      kind: 'tool',
      callId,
      toolName,
      arguments: JSON.parse(JSON.stringify(given)),
      deed: deedSchema.parse(deed),
      approval,
      outcome: { kind: 'stopped' },
      undo: 'none',
    });
  }
  const open = new Set([...unsettledCalls(parts), ...lost.map(({ callId }) => callId)]);
  return Promise.all(
    parts.map(async (part) => {
      if (part.kind !== 'tool' || !open.has(part.callId)) return part;
      return withEnd(part, await deeds.endOf(part.callId));
    }),
  );
}

type ToolPart = Extract<MessagePart, { kind: 'tool' }>;

/** `null`: it was allowed and never begun. */
const withEnd = (part: ToolPart, end: DeedEnd | null): ToolPart =>
  end === null
    ? part
    : { ...part, outcome: toolOutcomeSchema.parse(end.outcome), undo: end.canUndo ? 'possible' : 'none' };
