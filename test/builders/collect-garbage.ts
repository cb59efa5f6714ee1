import v8 from 'node:v8';
import vm from 'node:vm';
import { expect } from 'vitest';

/** Waits until nothing holds any of the objects any more. */
export async function expectLetGo(objects: readonly WeakRef<object>[]): Promise<void> {
  v8.setFlagsFromString('--expose-gc');
  const collectGarbage = vm.runInNewContext('gc') as () => void;
  const held = (): number => {
    collectGarbage();
    return objects.filter((object) => object.deref() !== undefined).length;
  };
  await expect.poll(held, { timeout: 10_000 }).toBe(0);
}
