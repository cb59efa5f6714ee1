import { expect, test } from 'vitest';
import { checkRefusal, downloadRefusal, UpdateRefused } from '../../../electron/updates/update-refused.ts';
import { nextCheckMs } from '../../../electron/updates/update-schedule.ts';

const minutes = (failures: Parameters<typeof nextCheckMs>[0], random = 0) => nextCheckMs(failures, random) / 60_000;

test.each([
  ['all well', [], 360],
  ['nobody answers', ['unreachable'], 10],
  ['again', ['unreachable', 'unreachable'], 20],
  ['for long', Array.from({ length: 10 }, () => 'unreachable' as const), 360],
  ['a broken download', ['cut-download'], 10],
  ['tampered with', ['package-changed'], 360],
] as const)('%s: looks again after a while', (_, failures, expected) => {
  expect(minutes(failures)).toBe(expected);
  expect(minutes(failures, 1)).toBeCloseTo(expected * 1.2);
});

const coded = (code: string, message = 'x') => Object.assign(new Error(message), { code });

test.each([
  [coded('ERR_UPDATER_CHANNEL_FILE_NOT_FOUND'), 'feed-unreadable'],
  [coded('HTTP_ERROR_503'), 'unreachable'],
  [coded('ECONNREFUSED'), 'unreachable'],
  [new Error('net::ERR_INTERNET_DISCONNECTED'), 'unreachable'],
  [new Error('net::ERR_NAME_NOT_RESOLVED'), 'unreachable'],
  [new TypeError('Cannot read properties of null'), 'feed-unreadable'],
  [new UpdateRefused('manifest-missing'), 'manifest-missing'],
])('%s while looking means %s', (error, reason) => {
  expect(checkRefusal(error).reason).toBe(reason);
});

test.each([
  [coded('ENOSPC'), 'disk-full'],
  [coded('ERR_CHECKSUM_MISMATCH'), 'package-changed'],
  [coded('ERR_UPDATER_INVALID_SIGNATURE'), 'package-changed'],
  [coded('ERR_UPDATER_OLD_FILE_NOT_FOUND'), 'cannot-install-here'],
  [new Error('net::ERR_CONTENT_LENGTH_MISMATCH'), 'cut-download'],
  [new UpdateRefused('package-changed'), 'package-changed'],
])('%s while downloading means %s', (error, reason) => {
  expect(downloadRefusal(error).reason).toBe(reason);
});
