import type { ShellNotice, ShellView } from '../../node-core/api/shell-views.ts';

/** Most notices that wait to be read; the oldest goes. */
const mostNotices = 20;

/** What the shell knows and shows, as one value that everybody in the main process watches. */
export class ShellState {
  #view: ShellView;
  readonly #watchers = new Set<(view: ShellView) => void>();
  #lastNotice = 0;

  constructor(first: ShellView) {
    this.#view = first;
  }

  get(): ShellView {
    return this.#view;
  }

  /** Replaces parts of the view and tells everybody, unless nothing has changed. */
  update(part: Partial<ShellView>): void {
    const next = { ...this.#view, ...part };
    if (JSON.stringify(next) === JSON.stringify(this.#view)) return;
    this.#view = next;
    for (const watcher of [...this.#watchers]) watcher(next);
  }

  /** Tells the present view at once and every later one. Returns what ends that. */
  watch(watcher: (view: ShellView) => void): () => void {
    this.#watchers.add(watcher);
    watcher(this.#view);
    return () => this.#watchers.delete(watcher);
  }

  /** Something the person should know once; the same notice does not stand twice. */
  notify(notice: ShellNotice): void {
    const text = JSON.stringify(notice);
    if (this.#view.notices.some((known) => JSON.stringify(known.notice) === text)) return;
    this.#lastNotice += 1;
    const notices = [...this.#view.notices, { id: `notice-${this.#lastNotice}`, notice }];
    this.update({ notices: notices.slice(-mostNotices) });
  }

  dismiss(id: string): void {
    this.update({ notices: this.#view.notices.filter((notice) => notice.id !== id) });
  }
}
