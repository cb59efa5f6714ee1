import { nameEffect } from '../../protocol/hands/describe-steps.ts';
import type { Effect } from '../../protocol/hands/effect.ts';
import { changesLeft } from '../../protocol/hands/whole-deed.ts';
import type { BegunDeed, RestOfDeed } from '../../protocol/ports/deed-records.ts';
import type { DeedJournal } from './deed-journal.ts';
import { readEffect } from './deed-rows.ts';

/** As `DeedRecords.restOf`. What the person took back has not happened. */
export async function restOfDeed(callId: string, journal: DeedJournal): Promise<RestOfDeed | null> {
  const messageId = (await journal.row(callId))?.message_id ?? null;
  if (messageId === null) return null;
  const all = await journal.begunFor(messageId);
  const at = all.findIndex((begun) => begun.callId === callId);
  const first = all[at];
  if (!first) return null;
  const carriedOn = all.slice(at).filter(({ toolName }) => toolName === first.toolName);
  const happened = await effectsOf(carriedOn, journal);
  const changes = happened && changesLeft(first.deed, happened);
  if (!happened || !changes) return null;
  return { arguments: first.arguments, changes, done: happened.map(nameEffect) };
}

/** `null`: of one of them it is not known whether it happened. */
async function effectsOf(deeds: readonly BegunDeed[], journal: DeedJournal): Promise<readonly Effect[] | null> {
  const happened: Effect[] = [];
  for (const { callId } of deeds) {
    if (journal.isRunning(callId)) return null;
    // Looks at what ended in the middle.
    await journal.endOf(callId);
    for (const step of await journal.steps(callId)) {
      const effect = readEffect(step);
      if (!effect || step.state === 'started' || step.state === 'unknown') return null;
      if (step.state === 'done' || step.state === 'changed') happened.push(effect);
    }
  }
  return happened;
}
