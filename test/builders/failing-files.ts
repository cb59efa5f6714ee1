import nodeFiles from 'node:fs/promises';
import type { Files } from '../../node-core/agents/files/disk/files.ts';

/** A failure as the file system reports it. */
export const diskError = (code: string): Error => Object.assign(new Error(`${code}: refused`), { code });

/**
 * The real file system, but some of its calls fail first: `fail` throws what they fail with, or does nothing.
 * @param change what a call answers instead of its result
 */
export function failingFiles(
  fail: (call: string, args: readonly unknown[]) => void,
  change: (call: string, args: readonly unknown[], result: unknown) => unknown = (_call, _args, result) => result,
): Files {
  return new Proxy(nodeFiles, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function' || typeof name !== 'string') return value;
      return async (...args: readonly unknown[]) => {
        fail(name, args);
        return change(name, args, await (value as (...args: readonly unknown[]) => Promise<unknown>)(...args));
      };
    },
  });
}
