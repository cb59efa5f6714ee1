import { describeError } from '../../protocol/describe-error.ts';
import type { Log } from '../../protocol/ports/log.ts';
import { judgeRevocationList } from '../../protocol/trust/judge-revocation-list.ts';
import type { VerifySignature } from '../../protocol/trust/key-text.ts';
import type { Revocation, RevocationPage, SignedRevocationList } from '../../protocol/trust/revocation-list.ts';
import type { Storage } from '../../storage/storage.ts';
import type { HiveTime } from '../hive-time.ts';
import type { RevocationBook } from './revocation-book.ts';

/** What a book is made of. */
export interface RevocationBookOptions {
  readonly storage: Pick<Storage, 'db' | 'onReplaced'>;
  /** The anchor of the hive that this node is in, or joins; `null`: none, and nothing is revoked. */
  readonly anchor: () => string | null;
  readonly hiveTime: Pick<HiveTime, 'now'>;
  readonly verify: VerifySignature;
  readonly log: Log;
}

/** Lists of one page. */
const listsPerPage = 20;
/** The largest page, characters of JSON: an answer stays below 1 MiB. */
const pageLimitChars = 900_000;

interface KnownList {
  readonly hive: string;
  readonly issuer: string;
  readonly sequence: number;
  readonly json: string;
  readonly signed: SignedRevocationList;
  readonly byKey: ReadonlyMap<string, readonly Revocation[]>;
}

/**
 * The book over the table `hive_revocation_lists`. What was verified in this run stays in memory: a sequence never
 * falls, even when a restore brings an older database, which then gets the newer lists back.
 */
export async function openRevocationBook(options: RevocationBookOptions): Promise<RevocationBook> {
  const book = new StoredRevocationBook(options);
  await book.load();
  // For as long as the storage lives.
  options.storage.onReplaced(() => book.load());
  return book;
}

class StoredRevocationBook implements RevocationBook {
  readonly #options: RevocationBookOptions;
  /** By hive and issuer. */
  readonly #known = new Map<string, KnownList>();
  readonly #listeners = new Set<() => void>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: RevocationBookOptions) {
    this.#options = options;
  }

  /** Reads the table. What it has of lower sequences is written over with what this run knows. */
  load(): Promise<void> {
    return this.#inOrder(async () => {
      const rows = await this.#options.storage.db.selectFrom('hive_revocation_lists').selectAll().execute();
      const stored = new Map(rows.map((row) => [keyOf(row.hive, row.issuer), row]));
      // Others of the same hive are judged by the anchor's list, so that one comes first.
      for (const row of [...rows].sort((a, b) => Number(b.hive === b.issuer) - Number(a.hive === a.issuer))) {
        this.#remember(this.#judged(parsedOrNull(row.signed_json), row.hive));
      }
      for (const known of this.#known.values()) {
        const row = stored.get(keyOf(known.hive, known.issuer));
        if (!row || row.sequence < known.sequence) await this.#store(known);
      }
      this.#tell();
    });
  }

  isRevoked(publicKey: string, serial: string, parentKey: string): boolean {
    return this.#entryFor(publicKey, serial, parentKey) !== null;
  }

  reasonFor(publicKey: string, serial: string, parentKey: string): string | null {
    return this.#entryFor(publicKey, serial, parentKey)?.reason ?? null;
  }

  take(lists: readonly unknown[]): Promise<number> {
    return this.#inOrder(async () => {
      const anchor = this.#options.anchor();
      if (anchor === null) return 0;
      let taken = 0;
      for (const presented of lists) {
        const judged = this.#judged(presented, anchor);
        if (!judged || !this.#isNewer(judged)) continue;
        // Obeyed at once: a disk that is full delays no revocation.
        this.#remember(judged);
        taken += 1;
        await this.#store(judged);
      }
      if (taken > 0) this.#tell();
      return taken;
    });
  }

  page(after: string | null): RevocationPage {
    const anchor = this.#options.anchor();
    const rest = [...this.#known.values()]
      .filter((known) => known.hive === anchor && (after === null || known.issuer > after))
      .sort((a, b) => (a.issuer < b.issuer ? -1 : 1));
    const shown = fitting(rest);
    const last = shown.at(-1);
    return {
      lists: shown.map((known) => known.signed),
      next: last && shown.length < rest.length ? last.issuer : null,
    };
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #entryFor(publicKey: string, serial: string, parentKey: string): Revocation | null {
    const anchor = this.#options.anchor();
    if (anchor === null) return null;
    for (const issuer of anchor === parentKey ? [anchor] : [anchor, parentKey]) {
      const entries = this.#known.get(keyOf(anchor, issuer))?.byKey.get(publicKey);
      const entry = entries?.find((each) => each.serial === undefined || each.serial === serial);
      if (entry) return entry;
    }
    return null;
  }

  #judged(presented: unknown, anchor: string): KnownList | null {
    const { verify, hiveTime, log } = this.#options;
    const isRevoked = (publicKey: string, serial: string, parentKey: string): boolean =>
      this.isRevoked(publicKey, serial, parentKey);
    const verdict = judgeRevocationList(presented, { anchor, nowMs: hiveTime.now(), verify, isRevoked });
    if (verdict.kind === 'refused') {
      log.warn({ defect: verdict.defect }, 'Left a revocation list alone.');
      return null;
    }
    const { hive, issuer, sequence, revoked } = verdict.signed.list;
    const json = JSON.stringify(verdict.signed);
    return { hive, issuer, sequence, json, signed: verdict.signed, byKey: grouped(revoked) };
  }

  #isNewer(list: KnownList): boolean {
    return list.sequence > (this.#known.get(keyOf(list.hive, list.issuer))?.sequence ?? -1);
  }

  #remember(list: KnownList | null): void {
    if (list && this.#isNewer(list)) this.#known.set(keyOf(list.hive, list.issuer), list);
  }

  async #store({ hive, issuer, sequence, json }: KnownList): Promise<void> {
    try {
      await this.#options.storage.db
        .insertInto('hive_revocation_lists')
        .values({ hive, issuer, sequence, signed_json: json })
        .onConflict((conflict) => conflict.columns(['hive', 'issuer']).doUpdateSet({ sequence, signed_json: json }))
        .execute();
    } catch (error) {
      this.#options.log.error(
        { error: describeError(error) },
        'Could not store a revocation list; it counts all the same.',
      );
    }
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #inOrder<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

const keyOf = (hive: string, issuer: string): string => `${hive} ${issuer}`;

function grouped(revoked: readonly Revocation[]): ReadonlyMap<string, readonly Revocation[]> {
  return Map.groupBy(revoked, (entry) => entry.public_key);
}

/** As many as one answer holds; at least one. */
function fitting(lists: readonly KnownList[]): readonly KnownList[] {
  let chars = 0;
  const count = lists.slice(0, listsPerPage).findIndex((list, index) => {
    chars += list.json.length;
    return index > 0 && chars > pageLimitChars;
  });
  return lists.slice(0, count === -1 ? listsPerPage : count);
}

function parsedOrNull(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}
