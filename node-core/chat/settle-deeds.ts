import { type MessagePart, toolOutcomeSchema } from '../api/conversation-views.ts';
import { deedSchema } from '../api/hands-views.ts';
import type { BegunDeed, DeedEnd, DeedRecords } from '../protocol/ports/deed-records.ts';
import { type StoredAnswer, withoutOpenTools } from './stored-message.ts';

type ToolPart = Extract<MessagePart, { kind: 'tool' }>;

/**
 * The parts of an answer that the last process did not finish, as the records of deeds have it. The answer was kept a
 * moment before the process ended: what was allowed or begun since is known to the records alone. What was done is told,
 * and a deed that the answer does not know is added at its end, so that nobody does it twice.
 */
export async function recoveredParts(answer: StoredAnswer, deeds: DeedRecords): Promise<MessagePart[]> {
  const begun = new Map((await deeds.begunFor(answer.id)).map((deed) => [deed.callId, deed]));
  const known = withoutOpenTools(answer.parts);
  const knownIds = new Set(known.flatMap((part) => (part.kind === 'tool' ? [part.callId] : [])));
  const lost = [...begun.values()].filter(({ callId }) => !knownIds.has(callId)).map(partOf);
  return Promise.all(
    [...known, ...lost].map(async (part) => {
      const deed = part.kind === 'tool' && part.outcome?.kind === 'stopped' ? begun.get(part.callId) : undefined;
      if (!deed) return part;
      return withEnd(partOf(deed), await deeds.endOf(deed.callId));
    }),
  );
}

const partOf = ({ callId, toolName, arguments: given, deed, approval }: BegunDeed): ToolPart => ({
  kind: 'tool',
  callId,
  toolName,
  arguments: JSON.parse(JSON.stringify(given)),
  deed: deedSchema.parse(deed),
  approval,
  outcome: { kind: 'stopped' },
  undo: 'none',
});

const withEnd = (part: ToolPart, end: DeedEnd | null): ToolPart =>
  end === null
    ? part
    : { ...part, outcome: toolOutcomeSchema.parse(end.outcome), undo: end.canUndo ? 'possible' : 'none' };
