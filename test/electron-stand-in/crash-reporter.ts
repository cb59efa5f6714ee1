import type { CrashReporter } from 'electron';
import { standsFor } from './stands-for.ts';

/** Reports nothing. */
export const crashReporter = standsFor('crashReporter', {
  start: (): void => undefined,
  getLastCrashReport: () => null as never,
  getUploadedReports: () => [],
  getUploadToServer: (): boolean => false,
  setUploadToServer: (): void => undefined,
  addExtraParameter: (): void => undefined,
  removeExtraParameter: (): void => undefined,
} satisfies Partial<CrashReporter>);
