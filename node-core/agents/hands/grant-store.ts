import { type GrantView, subjectSchema } from '../../api/hands-views.ts';
import type { DeedSubject } from '../../protocol/hands/deed.ts';
import { isWithinSubject } from '../../protocol/hands/deed.ts';
import type { Grant } from '../../protocol/hands/permission.ts';
import type { GrantTable } from '../../storage/hands-schema.ts';
import type { Storage } from '../../storage/storage.ts';
import { parseJson } from '../stored-json.ts';

/** Permissions in the database, and all of them in memory. */
export class GrantStore {
  readonly #storage: Pick<Storage, 'db'>;
  #all: readonly Grant[] = [];

  constructor(storage: Pick<Storage, 'db'>) {
    this.#storage = storage;
  }

  /** Newest first. */
  get all(): readonly Grant[] {
    return this.#all;
  }

  /** Reads them anew. A row that cannot be read permits nothing. */
  async load(): Promise<void> {
    const rows = await this.#storage.db.selectFrom('grants').selectAll().orderBy('given_at', 'desc').execute();
    this.#all = rows.flatMap(fromRow);
  }

  /** Forgets what was allowed to agents, and in conversations, that are gone for good. */
  async purge(): Promise<void> {
    const { db } = this.#storage;
    await db
      .deleteFrom('grants')
      .where('agent_id', 'like', 'own-%')
      .where('agent_id', 'not in', ({ selectFrom }) => selectFrom('agents').select('id'))
      .execute();
    await db
      .deleteFrom('grants')
      .where('conversation_id', 'is not', null)
      .where('conversation_id', 'not in', ({ selectFrom }) => selectFrom('conversations').select('id'))
      .execute();
  }

  /**
   * Durable when it resolves. What another one allows already is not kept again, and what the new one allows besides is
   * kept in it alone: taken back, nothing of it is left.
   */
  async add(grant: Grant): Promise<void> {
    if (this.#all.some((each) => allowsAll(each, grant))) return;
    await this.#storage.db.insertInto('grants').values(toRow(grant)).execute();
    const narrower = this.#all.filter((each) => allowsAll(grant, each));
    this.#all = [grant, ...this.#all];
    for (const { id } of narrower) await this.remove(id);
  }

  /** Nothing is permitted by it from now on. @returns whether there was one */
  async remove(id: string): Promise<boolean> {
    const isThere = this.#all.some((grant) => grant.id === id);
    // Out of memory first: a deed that is judged while the row goes is not covered any more.
    this.#all = this.#all.filter((grant) => grant.id !== id);
    await this.#storage.db.deleteFrom('grants').where('id', '=', id).execute();
    return isThere;
  }

  /** Takes back all that are about a subject. */
  async removeAbout(isMeant: (subject: DeedSubject) => boolean): Promise<void> {
    for (const { id } of this.#all.filter(({ subject }) => isMeant(subject))) await this.remove(id);
  }
}

/** What the page sees of a permission. */
export const grantView = ({ scope, ...grant }: Grant): GrantView => ({
  ...grant,
  conversationId: scope.kind === 'chat' ? scope.conversationId : null,
});

/** Whether one of the same reach allows all that another does. */
const allowsAll = (one: Grant, other: Grant): boolean =>
  one.agentId === other.agentId &&
  one.toolName === other.toolName &&
  isWithinSubject(other.subject, one.subject) &&
  conversationOf(one) === conversationOf(other);

const conversationOf = ({ scope }: Grant): string | null => (scope.kind === 'chat' ? scope.conversationId : null);

const toRow = (grant: Grant): GrantTable => ({
  id: grant.id,
  agent_id: grant.agentId,
  tool_name: grant.toolName,
  subject_json: JSON.stringify(grant.subject),
  conversation_id: conversationOf(grant),
  given_at: grant.givenAt,
});

const fromRow = (row: GrantTable): readonly Grant[] => {
  const subject = subjectSchema.safeParse(parseJson(row.subject_json));
  if (!subject.success) return [];
  const { id, agent_id: agentId, tool_name: toolName, conversation_id: conversationId, given_at: givenAt } = row;
  const scope = conversationId === null ? { kind: 'always' as const } : { kind: 'chat' as const, conversationId };
  return [{ id, agentId, toolName, subject: subject.data, scope, givenAt }];
};
