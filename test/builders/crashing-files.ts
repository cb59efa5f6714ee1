import nodeFiles, { type FileHandle } from 'node:fs/promises';
import type { VaultFiles } from '../../node-core/platform/vault/vault-disk.ts';

/** A file system that stops at one step, as if the machine had lost power: nothing after it happens. */
export interface CrashingFiles {
  readonly files: VaultFiles;
  /** Steps that were asked for. */
  steps(): number;
}

/** @param crashAt the step that does not happen any more, from 0; `Infinity`: none */
export function createCrashingFiles(crashAt: number): CrashingFiles {
  let count = 0;
  const guard = (): void => {
    count += 1;
    if (count > crashAt) throw new Error('the machine has lost power');
  };
  const guarded = <A extends readonly unknown[], R>(work: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      guard();
      return work(...args);
    };
  };
  const guardHandle = (handle: FileHandle): FileHandle =>
    new Proxy(handle, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        const bound = (value as (...args: readonly unknown[]) => Promise<unknown>).bind(target);
        // The system closes what a machine without power had open.
        return name === 'close' ? bound : guarded(bound);
      },
    });
  const files = new Proxy(nodeFiles, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      const work = guarded(value as (...args: readonly unknown[]) => Promise<unknown>);
      if (name !== 'open') return work;
      return async (...args: readonly unknown[]) => guardHandle((await work(...args)) as FileHandle);
    },
  });
  return { files, steps: () => count };
}
