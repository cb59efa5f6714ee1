import type { CallHandlers, Sink, SubscriptionHandlers, SubscriptionItem } from '../../api/contract.ts';
import type { NoteDraft, NoteSummary, NoteView } from '../../api/notes-views.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { Storage } from '../../storage/storage.ts';
import { createNote, deleteNote, listNotes, purgeNotes, readNote, restoreNote, saveNote } from './note-store.ts';

type NotesCall = Extract<keyof CallHandlers, `notes.${string}`>;

/** The notes, for the person and for agents. Each change is told to who watches. */
export interface Notes {
  list(query: string): Promise<readonly NoteSummary[]>;
  read(id: string): Promise<NoteView>;
  /** @param by agent's id; `null`: the person */
  create(draft: NoteDraft, by: string | null): Promise<NoteView>;
  save(place: Pick<NoteView, 'id' | 'revision'>, draft: NoteDraft, by: string | null): Promise<NoteView>;
  remove(id: string): Promise<void>;
  readonly handlers: {
    readonly calls: Pick<CallHandlers, NotesCall>;
    readonly subscriptions: Pick<SubscriptionHandlers, 'notes.watch'>;
  };
  stop(): void;
}

export interface NotesOptions {
  readonly storage: Pick<Storage, 'db' | 'onReplaced'>;
  readonly clock: Clock;
  /** Makes a ULID. */
  readonly ids: () => string;
}

/** Opens the notes and forgets what was removed more than 30 days ago. */
export async function createNotes(options: NotesOptions): Promise<Notes> {
  await purgeNotes(options.storage.db, options.clock.now());
  return new NotesService(options);
}

interface Watcher {
  readonly query: string;
  readonly sink: Sink<SubscriptionItem<'notes.watch'>>;
}

class NotesService implements Notes {
  readonly #options: NotesOptions;
  readonly #watchers = new Set<Watcher>();
  readonly #endListening: () => void;
  readonly handlers: Notes['handlers'];

  constructor(options: NotesOptions) {
    this.#options = options;
    this.#endListening = options.storage.onReplaced(() => this.#tell());
    this.handlers = {
      calls: {
        'notes.read': ({ id }) => this.read(id),
        'notes.create': (draft) => this.create(draft, null),
        'notes.save': ({ id, revision, title, text }) => this.save({ id, revision }, { title, text }, null),
        'notes.delete': async ({ id }) => {
          await this.remove(id);
          return {};
        },
        'notes.restore': async ({ id }) => {
          await restoreNote(this.#db, id);
          return this.#told(id);
        },
      },
      subscriptions: { 'notes.watch': ({ query }, sink) => this.#watch({ query, sink }) },
    };
  }

  get #db(): Storage['db'] {
    return this.#options.storage.db;
  }

  list(query: string): Promise<readonly NoteSummary[]> {
    return listNotes(this.#db, query);
  }

  read(id: string): Promise<NoteView> {
    return readNote(this.#db, id);
  }

  async create(draft: NoteDraft, by: string | null): Promise<NoteView> {
    const id = this.#options.ids();
    await createNote(this.#db, id, draft, { by, at: this.#options.clock.now() });
    return this.#told(id);
  }

  async save(place: Pick<NoteView, 'id' | 'revision'>, draft: NoteDraft, by: string | null): Promise<NoteView> {
    await saveNote(this.#db, place, draft, { by, at: this.#options.clock.now() });
    return this.#told(place.id);
  }

  async remove(id: string): Promise<void> {
    await deleteNote(this.#db, id, this.#options.clock.now());
    await this.#tell();
  }

  stop(): void {
    this.#endListening();
    this.#watchers.clear();
  }

  async #watch(watcher: Watcher): Promise<() => void> {
    this.#watchers.add(watcher);
    const notes = await this.list(watcher.query);
    if (this.#watchers.has(watcher)) watcher.sink.next({ notes: [...notes] });
    return () => void this.#watchers.delete(watcher);
  }

  async #told(id: string): Promise<NoteView> {
    await this.#tell();
    return this.read(id);
  }

  async #tell(): Promise<void> {
    for (const watcher of this.#watchers) {
      const notes = await this.list(watcher.query);
      if (this.#watchers.has(watcher)) watcher.sink.next({ notes: [...notes] });
    }
  }
}
