import { describeFailure } from '../api/failure-sentences.ts';
import { type KeyStorageView, keyringName } from '../api/key-views.ts';
import type { StorageView } from '../api/node-views.ts';

/** What a check found. `noted`: it works, and there is something to know. */
export interface Check {
  readonly name: string;
  readonly state: 'passed' | 'noted' | 'failed';
  /** Cause and, if it failed, what mends it. */
  readonly sentence: string;
}

const mebibyte = 1024 * 1024;
/** Less than this and a backup may not fit any more. */
const littleSpaceBytes = 500 * mebibyte;
const noSpaceBytes = 20 * mebibyte;
/** The first version of this program is not older; a clock before it is wrong. */
const earliestTime = Date.UTC(2026, 0, 1);
const allowedSkewMs = 5 * 60_000;

export function judgeDatabase({ lastCheck, conversations, messages }: StorageView): Check {
  const problems = lastCheck?.problems ?? [];
  if (problems.length === 0) {
    const sentence = `The database is sound: ${conversations} conversations, ${messages} messages.`;
    return { name: 'Database', state: 'passed', sentence };
  }
  const sentence = `The database is damaged (${problems[0]}). Restore a backup under Settings, Storage.`;
  return { name: 'Database', state: 'failed', sentence };
}

export function judgeDisk({ freeBytes, synchronisedBy }: StorageView): Check {
  const free = `${Math.floor(freeBytes / mebibyte).toLocaleString('en')} MB are free`;
  if (freeBytes < noSpaceBytes) {
    return {
      name: 'Disk',
      state: 'failed',
      sentence: `Only ${free}. Free some space, or new messages cannot be kept.`,
    };
  }
  if (freeBytes < littleSpaceBytes) {
    return { name: 'Disk', state: 'noted', sentence: `Only ${free}. Free some space, so that backups fit.` };
  }
  if (synchronisedBy !== null) {
    const sentence = `${synchronisedBy} synchronises the data folder, which can damage the database. Choose a folder on this computer only with --data.`;
    return { name: 'Disk', state: 'noted', sentence };
  }
  return { name: 'Disk', state: 'passed', sentence: `${free}.` };
}

/**
 * @param now the clock, ms since the epoch
 * @param newestKnown the newest time that this folder holds
 */
export function judgeClock(now: number, newestKnown: number): Check {
  if (now < earliestTime || newestKnown > now + allowedSkewMs) {
    const sentence = `The clock says ${new Date(now).toISOString()}, which is in the past. Set it right, or times and certificates will be wrong.`;
    return { name: 'Clock', state: 'failed', sentence };
  }
  return { name: 'Clock', state: 'passed', sentence: `The clock says ${new Date(now).toISOString()}.` };
}

/** How the keys are kept, and what opens them. */
export function judgeKeys(storage: KeyStorageView): Check {
  const name = 'Keys';
  if (storage.kind === 'locked') {
    return { name, state: 'failed', sentence: describeFailure({ ...storage, kind: 'keys-locked' }) };
  }
  if (storage.kind === 'plain') {
    const sentence =
      'Keys are in files for your user account alone, not encrypted: there is no keyring here. Name a file with a passphrase in NUNBA_KEY_PASSPHRASE_FILE to encrypt them.';
    return { name, state: 'noted', sentence };
  }
  if (storage.leftPlain > 0) {
    const sentence = `Keys are encrypted, but ${storage.leftPlain} could not be and stand in plain files. The log says why.`;
    return { name, state: 'noted', sentence };
  }
  const by =
    storage.openedBy === 'passphrase' ? 'the passphrase' : (keyringName(storage.presentBackend) ?? 'a keyring');
  return { name, state: 'passed', sentence: `Keys are encrypted; ${by} opened them.` };
}

/** What is known about the model that answers. */
export type ModelFinding =
  | { readonly kind: 'none' }
  | { readonly kind: 'answers'; readonly provider: string; readonly model: string | null };

export function judgeModel(finding: ModelFinding): Check {
  if (finding.kind === 'none') {
    const sentence =
      'No model is set up, so only the Guide answers. Choose one in the page, or set HEVOLVE_LLM_ENDPOINT_URL.';
    return { name: 'Model', state: 'noted', sentence };
  }
  const chosen = finding.model === null ? 'no model is chosen yet' : `${finding.model} answers`;
  return { name: 'Model', state: 'passed', sentence: `${finding.provider} can be reached; ${chosen}.` };
}
