import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startTrust } from '../../../../node-core/composition/start-trust.ts';
import type { HiveConfig } from '../../../../node-core/config/hive-config.ts';
import type { NodeConfig } from '../../../../node-core/config/node-config.ts';
import { placesIn } from '../../../../node-core/platform/data-folder.ts';
import { createStopList } from '../../../../node-core/platform/stop-list.ts';
import { openStorage } from '../../../../node-core/storage/open-storage.ts';
import { type Application, flatMembership } from '../../../../node-core/trust/membership/membership-record.ts';
import { nodeConfig } from '../../../builders/node-config.ts';
import { tempFolder } from '../../../builders/temp-folder.ts';
import { createFakeBreaker } from '../../../doubles/breaker.ts';
import { createFakeClock } from '../../../doubles/clock.ts';
import { createRecordedLog } from '../../../doubles/recorded-log.ts';
import { createSeededIdentity } from '../../../doubles/trust/identity.ts';

const noon = Date.UTC(2026, 5, 1, 12);
const anchor = 'a'.repeat(64);
const link = `nunba://join?at=https://127.0.0.1:1&anchor=${anchor}&tier=local`;
/** Waits for an hour before it is tried again, so that nothing leaves this process. */
const waiting: Application = {
  order: {
    issuer: { url: 'https://127.0.0.1:1', pin: null },
    anchor,
    tier: 'local',
    hiveName: null,
    invite: null,
    from: 'environment',
  },
  phase: { kind: 'applying', nextTryAt: noon + 3_600_000, tries: 1, obstacle: null, clientNonce: null },
  startedAt: noon,
  words: null,
};

/** What trust starts from in a folder; what it started ends with the test. */
async function trustFolder(
  join: HiveConfig['join'],
  application: Application | null,
  tier: Partial<Pick<NodeConfig, 'tier' | 'isTierAsked'>> = {},
) {
  const folder = tempFolder();
  const places = placesIn(folder);
  fs.mkdirSync(places.identity, { recursive: true });
  const membership = JSON.stringify({ ...flatMembership, application });
  fs.writeFileSync(path.join(places.identity, 'membership.json'), membership);
  const config = nodeConfig(folder);
  const clock = createFakeClock(noon);
  const log = createRecordedLog();
  const stops = createStopList();
  const storage = await openStorage({ file: places.database, backupsFolder: places.backups, clock, log });
  onTestFinished(async () => {
    await stops.stopAll();
    await storage.close();
  });
  const start = () =>
    startTrust({
      config: { ...config, ...tier, hive: { ...config.hive, join } },
      places,
      storage,
      clock,
      log,
      breaker: createFakeBreaker(),
      identity: createSeededIdentity('node'),
      keysReadyMs: 0,
      stops,
      joinFolder: folder,
      reportBug: () => 'incident',
    });
  return { start, clock, log };
}

test('a link file that is gone stops a node only while it has nothing else to go by', async () => {
  const gone = { kind: 'link-file', file: '/nowhere/at/all' } as const;
  const flat = await trustFolder(gone, null);
  await expect(flat.start()).rejects.toMatchObject({
    failure: { kind: 'config-invalid', name: 'NUNBA_JOIN_LINK_FILE' },
  });
  const joining = await trustFolder(gone, waiting);
  const trust = await joining.start();
  expect(joining.log.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
  expect(await trust.handlers.calls['trust.cancel']({})).toEqual({});
});

test('a start that fails leaves nothing that runs', async () => {
  const { start, clock } = await trustFolder({ kind: 'link', link }, waiting, {
    tier: 'regional',
    isTierAsked: true,
  });
  await expect(start()).rejects.toMatchObject({ failure: { kind: 'tier-contradiction' } });
  expect(clock.pendingTimers()).toBe(0);
});

test('what the folder was binds nobody who left: any tier can be joined, but only the one that was asked for', async () => {
  const marked = await trustFolder(null, null, { tier: 'regional', isTierAsked: false });
  const trust = await marked.start();
  expect(await trust.handlers.calls['trust.join']({ link })).toEqual({});
  const asked = await trustFolder(null, null, { tier: 'regional', isTierAsked: true });
  const joining = (await asked.start()).handlers.calls['trust.join']({ link });
  await expect(joining).rejects.toMatchObject({ failure: { kind: 'tier-contradiction' } });
});
