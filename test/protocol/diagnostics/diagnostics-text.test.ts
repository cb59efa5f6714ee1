import { expect, test } from 'vitest';
import { asJson, asList, diagnosticsText } from '../../../node-core/protocol/diagnostics/diagnostics-text.ts';
import { readableLogLine } from '../../../node-core/protocol/diagnostics/node-log-line.ts';

const line = (fields: object) => JSON.stringify({ level: 40, time: '2026-03-04T05:06:07.089Z', ...fields });

const keys = [
  'sk-ant-api03-CANARYcanary0123456789',
  'sk-proj-CANARYcanary0123456789',
  'AIzaSyCANARYcanary0123456789',
  'xai-CANARYcanary0123456789',
  'Bearer CANARYcanary0123456789',
  'https://models.example/v1?key=CANARYcanary',
  'mysql://me:CANARYcanary@db.example/hive',
  // As the node's own tokens look: 32 random bytes.
  'tQ3CANARYcanary_4x-Zk9pLw7vR2mN8bYc1dFgHjKs',
];
const chat = 'CANARY: my secret diary, which I wrote last night';

const home = '/home/anna-canary';
const shellLog = [...keys.map((key) => `2026-03-04T05:06:07.089Z Refused: ${key}`), 'node: in /home/anna-canary/x'];
const nodeLog = [
  ...keys.map((key) => line({ msg: `Refused: ${key}`, url: key })),
  line({ msg: 'The model failed.', prompt: chat, error: { name: 'APIError', message: chat, requestBody: chat } }),
  line({ msg: 'The model failed.', list: [chat], nested: { text: chat } }),
  line({
    msg: 'A file failed.',
    turns: 3,
    kind: 'storage-full',
    err: { code: 'ENOENT', message: 'open /home/anna-canary/a' },
  }),
  chat,
  '{"half of a line',
];
const text = diagnosticsText(Date.parse('2026-03-04T05:06:07.089Z'), home, [
  ['Versions', asList({ Nunba: '0.1.0', platform: 'linux' })],
  ['Runtime', asJson({ kind: 'attention', sentence: `The folder ${home}/Documents refused ${keys[0]}` })],
  ['Status', asJson({ state: 'flat', dataFolder: `${home}/Documents/Nunba/data`, model: keys[1] })],
  ['Log of the app', shellLog.join('\n')],
  ['Log of the runtime', nodeLog.flatMap((one) => readableLogLine(one) ?? []).join('\n')],
]);

test('no key, no token, no chat and no name is in it', () => {
  expect(text).not.toMatch(/canary/i);
  expect(text).not.toMatch(/anna|diary/);
});

test('what helps is in it', () => {
  for (const part of [
    'Nunba: 0.1.0',
    'platform: linux',
    '"kind": "attention"',
    'The folder ~/Documents refused ***',
    '"dataFolder": "~/Documents/Nunba/data"',
    '2026-03-04T05:06:07.089Z warn The model failed.',
    '2026-03-04T05:06:07.089Z warn A file failed. turns=3 kind=storage-full\n  Error [ENOENT]: open ~/a',
    '  APIError\n',
  ]) {
    expect(text).toContain(part);
  }
});

test.each(['', '7', 'null', '{}', '{"level":30}', 'plain text'])('%j is no line of the log', (said) => {
  expect(readableLogLine(said)).toBeNull();
});

test('where an error was thrown is told', () => {
  const at = ['at a (a.js:1:2)', 'at b (b.js:1:2)', 'at c', 'at d', 'at e'];
  expect(readableLogLine(line({ level: 50, msg: 'm', error: { name: 'TypeError', at } }))).toBe(
    '2026-03-04T05:06:07.089Z error m\n  TypeError\n    at a (a.js:1:2)\n    at b (b.js:1:2)\n    at c\n    at d',
  );
});
