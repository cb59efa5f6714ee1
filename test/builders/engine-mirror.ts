import { onTestFinished } from 'vitest';
import { type EngineMirror, startEngineMirror } from '../doubles/engine-mirror.ts';

/** A registry with the engine's packages, for the present test. */
export async function engineMirror(): Promise<EngineMirror> {
  const mirror = await startEngineMirror();
  onTestFinished(() => mirror.close());
  return mirror;
}
