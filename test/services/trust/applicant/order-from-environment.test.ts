import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { failureOf } from '../../../../node-core/api/failures.ts';
import type { AskedJoin } from '../../../../node-core/protocol/trust/asked-join.ts';
import { orderFromEnvironment } from '../../../../node-core/trust/applicant/order-from-environment.ts';
import { tempFolder, writeFiles } from '../../../builders/temp-folder.ts';

const anchor = 'ab'.repeat(32);
const invite = { id: 'abcdefgh12345678', secret: 'A'.repeat(32) };
const link = `nunba://join?at=https://central.test:6776&anchor=${anchor}&tier=local&invite=${invite.id}.${invite.secret}`;
const central = (changes: Partial<Extract<AskedJoin, { kind: 'central' }>> = {}): AskedJoin => ({
  kind: 'central',
  url: 'https://central.test',
  anchor,
  invite: null,
  ...changes,
});
const refusalOf = (asked: AskedJoin) => orderFromEnvironment(asked).then(() => null, failureOf);

it('reads a link, and a file with one', async () => {
  const order = {
    issuer: { url: 'https://central.test:6776', pin: null },
    anchor,
    tier: 'local',
    hiveName: null,
    invite,
    from: 'environment',
  };
  const asked = await orderFromEnvironment({ kind: 'link', link });
  expect(asked).toEqual({ order, anchorWords: null, sourceName: 'NUNBA_JOIN_LINK' });
  const folder = tempFolder();
  writeFiles(folder, { link: `${link}\n` });
  const fromFile = await orderFromEnvironment({ kind: 'link-file', file: path.join(folder, 'link') });
  expect(fromFile).toEqual({ order, anchorWords: null, sourceName: 'NUNBA_JOIN_LINK_FILE' });
});

describe("HART OS's variables", () => {
  it.each([
    ['https://central.test', 'https://central.test'],
    ['https://central.test/', 'https://central.test'],
    ['http://central:6777', 'http://central:6777'],
    ['http://127.0.0.1:6776/api', 'http://127.0.0.1:6776'],
  ])('takes the address that is there: %s', async (url, expected) => {
    const { order } = await orderFromEnvironment(central({ url }));
    expect(order.issuer).toEqual({ url: expected, pin: null });
    expect(order.tier).toBe('regional');
  });

  it('takes the anchor in hex, as four words, or not at all', async () => {
    const read = async (text: string | null) => {
      const { order, anchorWords } = await orderFromEnvironment(central({ anchor: text }));
      return [order.anchor, anchorWords];
    };
    expect(await read(` ${anchor.toUpperCase()} `)).toEqual([anchor, null]);
    expect(await read('Zoo abandon-ability, able')).toEqual([null, ['zoo', 'abandon', 'ability', 'able']]);
    expect(await read(null)).toEqual([null, null]);
  });

  it('takes an invite', async () => {
    const { order } = await orderFromEnvironment(central({ invite: `${invite.id}.${invite.secret}` }));
    expect(order.invite).toEqual(invite);
  });
});

it.each<[string, AskedJoin]>([
  ['NUNBA_JOIN_LINK', { kind: 'link', link: link.replace('tier=local', 'tier=central') }],
  ['NUNBA_JOIN_LINK_FILE', { kind: 'link-file', file: '/nowhere/at/all' }],
  ['HEVOLVE_CENTRAL_URL', central({ url: 'central.test' })],
  ['HEVOLVE_CENTRAL_URL', central({ url: 'ftp://central.test' })],
  ['HEVOLVE_CENTRAL_URL', central({ url: 'https://name:word@central.test' })],
  ['NUNBA_HIVE_ANCHOR', central({ anchor: 'abc' })],
  ['NUNBA_HIVE_ANCHOR', central({ anchor: 'these are no words' })],
  ['NUNBA_INVITE', central({ invite: 'no-dot' })],
  ['NUNBA_INVITE', central({ invite: `${invite.id}.${invite.secret}.more` })],
])('says which variable cannot be used: %s', async (name, asked) => {
  expect(await refusalOf(asked)).toMatchObject({ kind: 'config-invalid', name, source: 'environment' });
});
