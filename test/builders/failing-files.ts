import nodeFiles from 'node:fs/promises';
import type { Files } from '../../node-core/agents/files/disk/files.ts';

/** A failure as the file system reports it. */
export const diskError = (code: string): Error => Object.assign(new Error(`${code}: refused`), { code });

/** The real file system, but some of its calls fail first: `fail` throws what they fail with, or does nothing. */
export function failingFiles(fail: (call: string, args: readonly unknown[]) => void): Files {
  return new Proxy(nodeFiles, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function' || typeof name !== 'string') return value;
      return async (...args: readonly unknown[]) => {
        fail(name, args);
        return (value as (...args: readonly unknown[]) => Promise<unknown>)(...args);
      };
    },
  });
}
