import type { KeyStorageView } from '../api/key-views.ts';
import type { KeysFact } from '../protocol/node-facts.ts';
import type { Clock } from '../protocol/ports/clock.ts';

/** Where the keys of a data folder are kept, as far as the state of the node hangs on it. */
export interface KeyStorage {
  view(): KeyStorageView;
  onChanged(listener: () => void): () => void;
}

/** How the keys are kept, each time anew. They are looked at when the vault is opened, and when that changes. */
export function followKeys(keys: KeyStorage, clock: Pick<Clock, 'now'>): () => KeysFact {
  let lookedAt = clock.now();
  let lockedSince = keys.view().kind === 'locked' ? lookedAt : null;
  keys.onChanged(() => {
    lookedAt = clock.now();
    lockedSince = keys.view().kind === 'locked' ? (lockedSince ?? lookedAt) : null;
  });
  return () => keysFact(keys.view(), lockedSince, lookedAt);
}

function keysFact(view: KeyStorageView, lockedSince: number | null, lookedAt: number): KeysFact {
  switch (view.kind) {
    case 'locked':
      return { kind: 'locked', since: lockedSince ?? lookedAt, lookedAt };
    case 'plain':
      return { kind: 'plain', lookedAt };
    case 'sealed':
      return view.leftPlain > 0
        ? { kind: 'left-plain', count: view.leftPlain, lookedAt }
        : { kind: 'sealed', openedBy: view.openedBy, lookedAt };
  }
}
