import os from 'node:os';
import type { EngineInstaller, EngineState } from '../../node-core/protocol/ports/local-models.ts';

/** An installer of an engine that the test lets come to an end. */
export interface FakeEngineInstaller extends EngineInstaller {
  /** How often it was asked. */
  readonly asked: () => number;
  /** What it needs on the disk, bytes. */
  neededBytes: number;
  /** Ends the present installation: well, or with an error. */
  end(error?: unknown): void;
}

/** @param isReady it is here already */
export function createFakeEngineInstaller(isReady = false): FakeEngineInstaller {
  const listeners = new Set<() => void>();
  let state: EngineState = isReady ? { kind: 'ready', version: '1.0.0' } : { kind: 'absent', sizeBytes: 1000 };
  let asked = 0;
  let present: PromiseWithResolvers<void> | null = null;
  const set = (next: EngineState): void => {
    state = next;
    for (const listener of listeners) listener();
  };
  const installer: FakeEngineInstaller = {
    neededBytes: 1000,
    room: () => (state.kind === 'ready' ? null : { folder: os.tmpdir(), neededBytes: installer.neededBytes }),
    state: () => state,
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async install(signal) {
      if (state.kind === 'ready') return;
      asked += 1;
      present = Promise.withResolvers<void>();
      signal.addEventListener('abort', () => present?.reject(signal.reason), { once: true });
      set({ kind: 'fetching', receivedBytes: 0, totalBytes: 1000 });
      await present.promise.catch((error: unknown) => {
        set(signal.aborted ? { kind: 'absent', sizeBytes: 1000 } : { kind: 'failed', error });
        throw error;
      });
      set({ kind: 'ready', version: '1.0.0' });
    },
    asked: () => asked,
    end(error) {
      if (error === undefined) present?.resolve();
      else present?.reject(error);
    },
  };
  return installer;
}
