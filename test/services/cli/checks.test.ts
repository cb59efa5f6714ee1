import { expect, test } from 'vitest';
import type { StorageView } from '../../../node-core/api/node-views.ts';
import { judgeClock, judgeDatabase, judgeDisk, judgeKeys, judgeModel } from '../../../node-core/commands/checks.ts';
import { statusText } from '../../../node-core/commands/status.ts';
import { statusView } from '../../builders/status-view.ts';

const megabyte = 1024 * 1024;
const storage = (changes: Partial<StorageView>): StorageView => ({
  folder: '/data',
  databaseBytes: 1,
  backupsBytes: 0,
  freeBytes: 9000 * megabyte,
  conversations: 3,
  messages: 12,
  synchronisedBy: null,
  backups: [],
  lastCheck: { at: 0, problems: [] },
  ...changes,
});

const sealed = {
  kind: 'sealed' as const,
  openedBy: 'keyring' as const,
  backends: ['gnome_libsecret'],
  presentBackend: 'gnome_libsecret',
  hasRecovery: false,
  canSealHere: false,
  leftPlain: 0,
};
const locked = {
  kind: 'locked' as const,
  reason: 'keyring-missing' as const,
  recordedBackend: 'gnome_libsecret',
  presentBackend: null,
  hasRecovery: false,
  sealedCount: 1,
};

test.each([
  ['a sound database', judgeDatabase(storage({})), 'passed', /3 conversations, 12 messages/],
  [
    'a damaged one',
    judgeDatabase(storage({ lastCheck: { at: 0, problems: ['page 3'] } })),
    'failed',
    /page 3.*Restore/,
  ],
  ['much space', judgeDisk(storage({})), 'passed', /9,000 MB/],
  ['little space', judgeDisk(storage({ freeBytes: 100 * megabyte })), 'noted', /Free some space/],
  ['no space', judgeDisk(storage({ freeBytes: 5 * megabyte })), 'failed', /Only 5 MB/],
  ['a synchronised folder', judgeDisk(storage({ synchronisedBy: 'Dropbox' })), 'noted', /Dropbox .*--data/],
  ['a right clock', judgeClock(Date.UTC(2026, 10, 1), Date.UTC(2026, 9, 1)), 'passed', /2026-11-01/],
  ['a clock of long ago', judgeClock(0, 0), 'failed', /Set it right/],
  ['a clock behind its own files', judgeClock(Date.UTC(2026, 1, 1), Date.UTC(2026, 9, 1)), 'failed', /Set it right/],
  ['keys in plain files', judgeKeys({ kind: 'plain', presentBackend: null }), 'noted', /NUNBA_KEY_PASSPHRASE_FILE/],
  ['sealed keys', judgeKeys(sealed), 'passed', /GNOME Keyring opened them/],
  [
    'keys opened with a passphrase',
    judgeKeys({ ...sealed, openedBy: 'passphrase' }),
    'passed',
    /the passphrase opened/,
  ],
  ['keys that could not be sealed', judgeKeys({ ...sealed, leftPlain: 2 }), 'noted', /2 could not be/],
  ['locked keys', judgeKeys(locked), 'failed', /GNOME Keyring sealed them, and this session has no keyring/],
  ['no model', judgeModel({ kind: 'none' }), 'noted', /HEVOLVE_LLM_ENDPOINT_URL/],
  ['a model', judgeModel({ kind: 'answers', provider: 'Ollama', model: 'llama' }), 'passed', /Ollama .* llama answers/],
])('%s', (_name, check, state, sentence) => {
  expect(check.state).toBe(state);
  expect(check.sentence).toMatch(sentence);
});

test('the status says in words what is not there', () => {
  const reasons = [{ kind: 'no-model' as const, fix: 'open-models' as const }];
  const text = statusText(statusView({ model: null, runningTurns: 1, reasons }));
  expect(text).toMatch(/^State +flat: Working alone, no model yet \(as of just now\)\n +Only the Guide answers/);
  expect(text).toMatch(/Address +none, because no node runs/);
  expect(text).toMatch(/Model +none chosen; the Guide answers/);
  expect(text).toMatch(/Answering +1 conversation\n/);
});
