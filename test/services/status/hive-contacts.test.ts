import { expect, test } from 'vitest';
import { hiveContacts } from '../../../node-core/composition/hive-contacts.ts';
import { alonePlace } from '../../../node-core/composition/hive-place.ts';

const view = {
  name: 'Lakeside',
  anchor: 'a'.repeat(64),
  parentUrl: 'https://central.lakeside.example:6776',
  parentVerifiedAt: null,
  certificateEndsAt: null,
  mayIssue: false,
  address: null,
  isInsecureLab: false,
  isMasterKeyHere: false,
};

test('a node alone contacts nobody for a hive', () => {
  expect(hiveContacts(alonePlace)).toEqual([]);
});

test.each([
  ['https://central.lakeside.example:6776', 'central.lakeside.example:6776', 'cloud'],
  ['https://192.168.1.4:6776', '192.168.1.4:6776', 'local-network'],
  ['https://localhost:6776', 'localhost:6776', 'this-computer'],
])('%s is named with where it is', (parentUrl, host, location) => {
  expect(hiveContacts({ ...alonePlace, view: { ...view, parentUrl } })).toEqual([
    { host, purpose: 'hive', name: 'Lakeside', location },
  ]);
});

test('central contacts nobody by itself', () => {
  expect(hiveContacts({ ...alonePlace, view: { ...view, parentUrl: null } })).toEqual([]);
});
