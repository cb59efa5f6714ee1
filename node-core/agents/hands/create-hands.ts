import type { CallHandlers, Sink, SubscriptionHandlers } from '../../api/contract.ts';
import { FailureError } from '../../api/failures.ts';
import type { HandsView, PickedFolderView } from '../../api/hands-views.ts';
import { type Deed, type DeedSubject, subjectOf } from '../../protocol/hands/deed.ts';
import type { EffectKeeper } from '../../protocol/hands/effect.ts';
import {
  type DeedRequest,
  judgeDeed,
  type PermissionAnswer,
  type PermissionVerdict,
  scopeOf,
} from '../../protocol/hands/permission.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { DeedRecords, LateEnd, UndoneDeed } from '../../protocol/ports/deed-records.ts';
import type { Log } from '../../protocol/ports/log.ts';
import type { Storage } from '../../storage/storage.ts';
import { Approvals, type Question } from './approvals.ts';
import { DeedJournal } from './deed-journal.ts';
import { readBegun } from './deed-rows.ts';
import { GrantStore, grantView } from './grant-store.ts';
import { PastWatchers } from './past-watchers.ts';
import { restOfDeed } from './rest-of-deed.ts';
import { ToolRates } from './tool-rates.ts';
import { type UndoReport, undoDeed } from './undo-deed.ts';

/** How often deeds of long ago are forgotten while the node runs, ms. */
const purgeEveryMs = 24 * 60 * 60 * 1000;

type HandsCall = Extract<keyof CallHandlers, `hands.${string}`>;

/** What the loop of an answer needs, to let tools do things and no more than the person allowed. */
export interface DeedGate {
  judge(request: DeedRequest): PermissionVerdict;
  /** Puts a deed to the person and keeps the permission that the answer gives. Aborting `signal` rejects. */
  ask(question: Question, signal: AbortSignal): Promise<PermissionAnswer>;
  readonly journal: Pick<DeedJournal, 'perform'>;
  /** Whether something that was begun before is still at work for the conversation. */
  isBusy(conversationId: string): boolean;
  readonly rates: Pick<ToolRates, 'take'>;
}

/** Permissions, what waits for the person, and what agents did. */
export interface Hands {
  readonly gate: DeedGate;
  readonly records: DeedRecords;
  readonly handlers: {
    readonly calls: Pick<CallHandlers, HandsCall>;
    readonly subscriptions: Pick<SubscriptionHandlers, 'hands.watch' | 'hands.watchPast'>;
  };
  /** Takes back every permission about what `isMeant` names: the thing is not any more what it was. */
  revokeAbout(isMeant: (subject: DeedSubject) => boolean): Promise<void>;
  stop(): void;
}

export interface HandsOptions {
  readonly storage: Pick<Storage, 'db' | 'onReplaced'>;
  readonly clock: Clock;
  readonly ids: () => string;
  readonly log: Log;
  readonly keeper: EffectKeeper;
  /** Folders that the person picked. */
  readonly folders: {
    list(): readonly PickedFolderView[];
    onChange(listener: () => void): () => void;
  };
}

/** Reads the permissions; asks nobody anything yet. */
export async function createHands(options: HandsOptions): Promise<Hands> {
  const hands = new HandsService(options);
  await hands.start();
  return hands;
}

class HandsService implements Hands {
  readonly #options: HandsOptions;
  readonly #grants: GrantStore;
  readonly #approvals = new Approvals(() => this.#tellWatchers());
  readonly #journal: DeedJournal;
  readonly #past = new PastWatchers();
  /** Deeds that the person is asked about, or whose answer is being kept. */
  readonly #asked = new Set<{ readonly deed: Deed; isOutdated: boolean }>();
  readonly #watchers = new Set<Sink<HandsView>>();
  readonly #undoListeners = new Set<(undone: UndoneDeed) => Promise<void>>();
  readonly #lateListeners = new Set<(late: LateEnd) => Promise<void>>();
  readonly #ends: (() => void)[] = [];
  #lastUndo: Promise<unknown> = Promise.resolve();
  readonly gate: DeedGate;
  readonly records: DeedRecords;

  constructor(options: HandsOptions) {
    this.#options = options;
    this.#grants = new GrantStore(options.storage);
    const endedLate = async (late: LateEnd): Promise<void> => {
      try {
        await Promise.all([...this.#lateListeners].map((tell) => tell(late)));
      } catch (error) {
        // Its end is noted; that an answer does not show it must not count as a failure of the deed.
        options.log.warn({ error }, 'The end of a deed could not be put into its answer.');
      }
      this.#past.changed();
    };
    const journal = new DeedJournal({ ...options, endedLate });
    this.#journal = journal;
    this.gate = {
      judge: (request) => judgeDeed(request, this.#grants.all),
      ask: (question, signal) => this.#ask(question, signal),
      journal: this.#past.telling(journal),
      isBusy: (conversationId) => journal.running.isBusy(conversationId),
      rates: new ToolRates(options.clock),
    };
    this.records = {
      endOf: (callId) => journal.endOf(callId),
      restOf: (callId) => restOfDeed(callId, journal),
      begunAs: async (callId) => {
        const row = await journal.row(callId);
        return row ? readBegun(row) : null;
      },
      begunFor: (messageId) => journal.begunFor(messageId),
      whenIdle: (conversationId) => journal.running.whenIdle(conversationId),
      onEndedLate: (listener) => listenIn(this.#lateListeners, listener),
      onUndone: (listener) => listenIn(this.#undoListeners, listener),
    };
  }

  async start(): Promise<void> {
    const { storage, folders, clock, log } = this.#options;
    await this.#journal.purge();
    await this.#grants.purge();
    await this.#grants.load();
    const purging = clock.every(purgeEveryMs, () => {
      this.#journal.purge().catch((error: unknown) => log.warn({ error }, 'Old deeds could not be forgotten.'));
    });
    const reload = async (): Promise<void> => {
      await this.#grants.load();
      this.#tellWatchers();
      this.#past.changed();
    };
    this.#ends.push(
      () => purging.cancel(),
      storage.onReplaced(reload),
      folders.onChange(() => this.#tellWatchers()),
    );
  }

  stop(): void {
    for (const end of this.#ends.splice(0)) end();
    this.#watchers.clear();
    this.#past.stop();
    this.#undoListeners.clear();
    this.#lateListeners.clear();
  }

  async revokeAbout(isMeant: (subject: DeedSubject) => boolean): Promise<void> {
    // Who is being asked right now was shown the thing as it was: the answer is about this one deed and nothing after it.
    for (const each of this.#asked) each.isOutdated ||= isMeant(subjectOf(each.deed));
    await this.#grants.removeAbout(isMeant);
    this.#tellWatchers();
  }

  readonly handlers: Hands['handlers'] = {
    calls: {
      'hands.answer': async ({ callId, answer }) => {
        this.#approvals.answer(callId, answer);
        return {};
      },
      'hands.revoke': async ({ grantId }) => {
        const wasThere = await this.#grants.remove(grantId);
        this.#tellWatchers();
        if (!wasThere) throw new FailureError({ kind: 'not-found', what: 'permission' });
        return {};
      },
      'hands.undo': async ({ callId }) => {
        const { undone, ...report } = await this.#undo(callId).finally(() => this.#past.changed());
        if (undone) await Promise.all([...this.#undoListeners].map((tell) => tell(undone)));
        return report;
      },
      'hands.past': async ({ before, count }) => ({ deeds: await this.#journal.past(before, count) }),
    },
    subscriptions: {
      'hands.watch': (_input, sink) => {
        this.#watchers.add(sink);
        sink.next(this.#view());
        return () => this.#watchers.delete(sink);
      },
      'hands.watchPast': this.#past.watch,
    },
  };

  /** One after another: two that take the same thing back would meet in its files. */
  #undo(callId: string): Promise<UndoReport> {
    const report = this.#lastUndo.then(() => undoDeed(callId, this.#journal, this.#options.keeper));
    this.#lastUndo = report.catch(() => undefined);
    return report;
  }

  async #ask(question: Question, signal: AbortSignal): Promise<PermissionAnswer> {
    const { agentId, toolName, conversationId, deed } = question;
    const asked = { deed, isOutdated: false };
    this.#asked.add(asked);
    try {
      const answer = await this.#approvals.ask(question, signal);
      const scope = scopeOf(answer, conversationId);
      if (!scope) return answer;
      if (asked.isOutdated) return 'once';
      const { ids, clock } = this.#options;
      const grant = { id: ids(), agentId, toolName, subject: subjectOf(deed), scope, givenAt: clock.now() };
      await this.#grants.add(grant);
      if (asked.isOutdated) await this.#grants.remove(grant.id);
      this.#tellWatchers();
      return asked.isOutdated ? 'once' : answer;
    } finally {
      this.#asked.delete(asked);
    }
  }

  #view(): HandsView {
    return {
      grants: this.#grants.all.map(grantView),
      folders: [...this.#options.folders.list()],
      waiting: [...this.#approvals.all()],
    };
  }

  #tellWatchers(): void {
    const view = this.#view();
    for (const watcher of this.#watchers) watcher.next(view);
  }
}

function listenIn<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
