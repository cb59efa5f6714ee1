import type { PastDeed } from '../../api/hands-views.ts';
import { describeSteps, type KnownStep, nameEffect } from '../../protocol/hands/describe-steps.ts';
import type { EffectKeeper } from '../../protocol/hands/effect.ts';
import { isWholeDeed } from '../../protocol/hands/whole-deed.ts';
import type { ToolOutcome } from '../../protocol/ports/answers.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { BegunDeed, DeedEnd, LateEnd, UndoState } from '../../protocol/ports/deed-records.ts';
import type { DeedRow, DeedStepTable } from '../../storage/hands-schema.ts';
import type { Storage } from '../../storage/storage.ts';
import type { EffectNotes } from '../tools/tool.ts';
import { NothingDone } from '../tools/tool.ts';
import { readBegun, readEffect, readOutcome, readPast } from './deed-rows.ts';
import { type RunningDeed, RunningDeeds } from './running-deeds.ts';

/** Most deeds of one page, with those of the moment at its end. */
const mostAtOnce = 1000;

/** How long deeds are remembered, ms. */
const keptForMs = 180 * 24 * 60 * 60 * 1000;

/** How long the arguments of a deed that has ended are kept here, ms: an answer that broke off is put together from them. */
const argumentsKeptForMs = 7 * 24 * 60 * 60 * 1000;

/** A deed that is allowed and about to begin. */
export interface NewDeed extends BegunDeed {
  readonly conversationId: string;
  readonly messageId: string | null;
  readonly agentId: string;
}

export interface JournalMeans {
  readonly storage: Pick<Storage, 'db'>;
  readonly keeper: EffectKeeper;
  readonly clock: Pick<Clock, 'now' | 'after'>;
  /** Told of the end of a deed that somebody had to be told of before it was known. */
  readonly endedLate: (late: LateEnd) => Promise<void>;
}

/** What was told to stop and did not end. What it did is noted as not known. */
class GivenUp extends Error {}

/** Notes durably what agents do, before and after each step. */
export class DeedJournal {
  readonly #means: JournalMeans;
  readonly running: RunningDeeds;

  constructor(means: JournalMeans) {
    this.#means = means;
    this.running = new RunningDeeds(means.clock);
  }

  isRunning(callId: string): boolean {
    return this.running.get(callId) !== undefined;
  }

  /**
   * Notes the deed, does it and notes its end, even if nobody listens any more. Rejects if it cannot be noted: then
   * nothing of it was done, or its end is found by looking; and if it did not end though `stop` told it to.
   */
  async perform<T extends { readonly outcome: ToolOutcome }>(
    deed: NewDeed,
    run: (notes: EffectNotes) => Promise<T>,
    stop?: AbortSignal,
  ): Promise<T & DeedEnd> {
    const running = this.running.begin(deed.callId, deed.conversationId);
    const gaveUp = Promise.withResolvers<never>();
    const endWatch = this.running.watchStop(running, stop, () => gaveUp.reject(new GivenUp(deed.callId)));
    try {
      await this.#insert(deed);
      const use = await Promise.race([run(this.#notesOf(running)), gaveUp.promise]);
      await this.#settleOpen(deed.callId);
      const end = await this.#noteEnd(deed.callId, use.outcome);
      await this.#tellLate(deed, running, end);
      return { ...use, ...end };
    } catch (error) {
      if (error instanceof GivenUp) await this.#noteGivenUp(deed, running);
      throw error;
    } finally {
      endWatch();
      running.end();
    }
  }

  /** As `DeedRecords.endOf`. */
  async endOf(callId: string): Promise<DeedEnd | null> {
    await this.running.waitFor(callId);
    const row = await this.row(callId);
    if (!row) return null;
    const known = readOutcome(row);
    if (known) return { outcome: known, canUndo: row.undo === 'possible' };
    const running = this.running.get(callId);
    if (!running) return this.#noteEnd(callId, outcomeOf(row, await this.#settledSteps(callId)));
    running.isToldEarly = true;
    return { outcome: outcomeOf(row, await this.#settledSteps(callId)), canUndo: false };
  }

  /** As `DeedRecords.begunFor`. */
  async begunFor(messageId: string): Promise<readonly BegunDeed[]> {
    const { db } = this.#means.storage;
    const rows = await db
      .selectFrom('deeds')
      .selectAll()
      .where('message_id', '=', messageId)
      .orderBy('number')
      .execute();
    return rows.flatMap((row) => readBegun(row) ?? []);
  }

  row(callId: string): Promise<DeedRow | undefined> {
    return this.#means.storage.db.selectFrom('deeds').selectAll().where('call_id', '=', callId).executeTakeFirst();
  }

  /** In the order in which they were done. */
  steps(callId: string): Promise<DeedStepTable[]> {
    const { db } = this.#means.storage;
    return db.selectFrom('deed_steps').selectAll().where('call_id', '=', callId).orderBy('position').execute();
  }

  /**
   * Newest first; more than `count` where the last ones were begun within the same moment, so that none is left out
   * between two pages. @param before ms since the epoch, or `null` for the newest
   */
  async past(before: number | null, count: number): Promise<PastDeed[]> {
    let query = this.#means.storage.db.selectFrom('deeds').orderBy('at', 'desc').orderBy('number', 'desc');
    if (before !== null) query = query.where('at', '<', before);
    const first = await query.select(['call_id', 'outcome_json', 'at']).limit(count).execute();
    const oldest = first.at(-1);
    if (!oldest) return [];
    // What the last process was in the middle of is looked at now, or it could never be taken back.
    for (const { call_id, outcome_json } of first) {
      if (outcome_json !== null || this.isRunning(call_id)) continue;
      // A disk that cannot be looked at hides no deed.
      await this.endOf(call_id).catch(() => undefined);
    }
    const rows = await query.where('at', '>=', oldest.at).selectAll().limit(mostAtOnce).execute();
    const all = await Promise.all(
      rows.map(async (row) => {
        const states = (await this.steps(row.call_id)).map(({ state }) => state);
        return readPast(row, states, this.isRunning(row.call_id));
      }),
    );
    return all.flatMap((deed) => deed ?? []);
  }

  async noteUndo(callId: string, undo: UndoState): Promise<void> {
    await this.#means.storage.db.updateTable('deeds').set({ undo }).where('call_id', '=', callId).execute();
  }

  async noteStep({ call_id, position }: DeedStepTable, state: DeedStepTable['state']): Promise<void> {
    await this.#means.storage.db
      .updateTable('deed_steps')
      .set({ state })
      .where('call_id', '=', call_id)
      .where('position', '=', position)
      .execute();
  }

  /** Forgets what was done long ago. */
  async purge(): Promise<void> {
    const before = this.#means.clock.now() - keptForMs;
    await this.#means.storage.db.deleteFrom('deeds').where('at', '<', before).execute();
    // Whole texts of files: they stand in the answer, and the deed says what was done with them.
    await this.#means.storage.db
      .updateTable('deeds')
      .set({ arguments_json: 'null' })
      .where('at', '<', this.#means.clock.now() - argumentsKeptForMs)
      .where('arguments_json', '<>', 'null')
      .where('outcome_json', 'is not', null)
      .execute();
  }

  async #insert(deed: NewDeed): Promise<void> {
    await this.#means.storage.db
      .insertInto('deeds')
      .values({
        call_id: deed.callId,
        conversation_id: deed.conversationId,
        message_id: deed.messageId,
        agent_id: deed.agentId,
        tool_name: deed.toolName,
        arguments_json: JSON.stringify(deed.arguments),
        deed_json: JSON.stringify(deed.deed),
        approval_json: JSON.stringify(deed.approval),
        outcome_json: null,
        undo: 'none',
        at: this.#means.clock.now(),
      })
      .execute();
  }

  #notesOf(running: RunningDeed): EffectNotes {
    let next = 0;
    return {
      act: async (effect, act) => {
        if (running.isGivenUp) throw new GivenUp(running.callId);
        const step: DeedStepTable = {
          call_id: running.callId,
          position: next++,
          effect_json: JSON.stringify(effect),
          state: 'started',
        };
        await this.#means.storage.db.insertInto('deed_steps').values(step).execute();
        let value: Awaited<ReturnType<typeof act>>;
        try {
          value = await act();
        } catch (error) {
          // What went wrong may have happened all the same: it is looked at, not guessed.
          const settle = () => this.#means.keeper.settle(effect);
          await this.noteStep(step, error instanceof NothingDone ? 'not-done' : await settle());
          throw error;
        }
        // A disk that is full by now makes nothing undone: it is looked at later, as after a kill.
        await this.noteStep(step, 'done').catch(() => undefined);
        return value;
      },
    };
  }

  /** Of a deed that was stopped in its middle the steps say what was done. */
  async #noteEnd(callId: string, ended: ToolOutcome): Promise<DeedEnd> {
    const canUndo = (await this.steps(callId)).some(isUndoable);
    const row = ended.kind === 'stopped' ? await this.row(callId) : undefined;
    const outcome = row ? outcomeOf(row, await this.#settledSteps(callId)) : ended;
    const columns = {
      outcome_json: JSON.stringify(outcome),
      undo: canUndo ? ('possible' as const) : ('none' as const),
    };
    await this.#means.storage.db.updateTable('deeds').set(columns).where('call_id', '=', callId).execute();
    return { outcome, canUndo };
  }

  /** What was at work at that moment may still happen, whatever it looks like now. */
  async #noteGivenUp(deed: NewDeed, running: RunningDeed): Promise<void> {
    for (const step of await this.steps(deed.callId)) {
      if (step.state === 'started') await this.noteStep(step, 'unknown');
    }
    await this.#tellLate(deed, running, await this.#noteEnd(deed.callId, { kind: 'stopped' }));
  }

  async #tellLate(deed: NewDeed, { isToldEarly }: RunningDeed, { outcome, canUndo }: DeedEnd): Promise<void> {
    const { callId, conversationId, messageId } = deed;
    if (!isToldEarly || messageId === null) return;
    await this.#means.endedLate({ callId, conversationId, messageId, end: { outcome, canUndo } });
  }

  /** A step whose end could not be noted is looked at, so that it can be taken back. */
  async #settleOpen(callId: string): Promise<void> {
    for (const step of await this.steps(callId)) {
      const effect = step.state === 'started' ? readEffect(step) : null;
      if (!effect) continue;
      const state = await this.#means.keeper.settle(effect).catch(() => 'unknown' as const);
      await this.noteStep(step, state);
    }
  }

  /** Steps as they stand; of those whose end was not noted it is found out, unless they are at work. */
  async #settledSteps(callId: string): Promise<readonly KnownStep[]> {
    const isRunning = this.isRunning(callId);
    const known: KnownStep[] = [];
    for (const step of await this.steps(callId)) {
      const effect = readEffect(step);
      if (!effect) continue;
      if (step.state !== 'started') known.push({ effect, state: toKnown(step.state) });
      else if (isRunning) known.push({ effect, state: 'unknown' });
      else {
        const state = await this.#means.keeper.settle(effect);
        await this.noteStep(step, state);
        known.push({ effect, state });
      }
    }
    return known;
  }
}

/** Whether there is something to take back. */
export const isUndoable = (step: DeedStepTable): boolean => {
  const effect = readEffect(step);
  return effect !== null && effect.kind !== 'outside' && (step.state === 'done' || step.state === 'changed');
};

/** What came of a deed whose end was not noted, by its steps. */
const outcomeOf = (row: DeedRow, steps: readonly KnownStep[]): ToolOutcome => {
  const deed = readBegun(row)?.deed;
  const happened = steps.filter(({ state }) => state === 'done').map(({ effect }) => effect);
  if (deed && isWholeDeed(deed, happened))
    return { kind: 'done', value: { end: 'done', done: happened.map(nameEffect) } };
  return { kind: 'failed', message: describeSteps(steps) };
};

const toKnown = (state: Exclude<DeedStepTable['state'], 'started'>): KnownStep['state'] =>
  state === 'unknown' || state === 'not-done' ? state : 'done';
