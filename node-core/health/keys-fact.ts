import type { KeyStorageView } from '../api/key-views.ts';
import type { Clock } from '../protocol/ports/clock.ts';

/** Where the keys of a data folder are kept, as far as the state of the node hangs on it. */
export interface KeyStorage {
  view(): KeyStorageView;
  onChanged(listener: () => void): () => void;
}

/** Since when the stored keys cannot be read, ms since the epoch, each time anew; `null`: they can. */
export function followKeys(keys: KeyStorage, clock: Pick<Clock, 'now'>): () => number | null {
  const isLocked = (): boolean => keys.view().kind === 'locked';
  let since = isLocked() ? clock.now() : null;
  keys.onChanged(() => {
    since = isLocked() ? (since ?? clock.now()) : null;
  });
  return () => since;
}
