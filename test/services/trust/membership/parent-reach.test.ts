import { expect, test } from 'vitest';
import { memberIdentity, openHiveMember } from '../../../builders/hive-member.ts';
import { createFakeClock } from '../../../doubles/clock.ts';
import { createTestAnchor } from '../../../doubles/trust/issuer.ts';
import { createScriptedParent } from '../../../doubles/trust/scripted-parent.ts';

const noon = Date.UTC(2026, 5, 1, 12);
const second = 1_000;

/** A member whose parent answers a poll or not, as the test says. */
async function openPolling() {
  const clock = createFakeClock(noon);
  const anchor = createTestAnchor();
  const parent = createScriptedParent({ anchor, memberKey: memberIdentity.publicKey, now: () => clock.now() });
  let polls = 0;
  let answers = (_poll: number): boolean => true;
  parent.script((call) => {
    polls += 1;
    return answers(polls) ? parent.answer(call) : { kind: 'unreachable', cause: 'refused' };
  });
  const chain = parent.issue(noon);
  const { upkeep } = await openHiveMember({ clock, client: parent.client, anchor: anchor.publicKey, chain });
  upkeep.start();
  await clock.advance(second);
  return {
    clock,
    upkeep,
    polls: () => polls,
    answer(rule: (poll: number) => boolean) {
      answers = rule;
      polls = 0;
    },
    isSilent: () => upkeep.reach().silentSince !== null,
  };
}

/** How often what is looked at each second changes while so much time goes by. */
async function changesIn(ms: number, clock: { advance(ms: number): Promise<unknown> }, look: () => boolean) {
  let before = look();
  let changes = 0;
  for (let passed = 0; passed < ms; passed += second) {
    await clock.advance(second);
    if (look() !== before) changes += 1;
    before = look();
  }
  return changes;
}

test('a parent that answers every third poll shows one steady state', async () => {
  const { clock, answer, isSilent } = await openPolling();
  answer((poll) => poll % 3 === 0);
  expect(await changesIn(3_600 * second, clock, isSilent)).toBe(0);
  expect(isSilent()).toBe(false);
});

test('a parent that fell silent and then answers every third poll stays silent', async () => {
  const { clock, answer, isSilent } = await openPolling();
  answer(() => false);
  await clock.advance(150 * second);
  expect(isSilent()).toBe(true);
  answer((poll) => poll % 3 === 0);
  expect(await changesIn(3_600 * second, clock, isSilent)).toBe(0);
  expect(isSilent()).toBe(true);
});

test('a parent that is back is asked again soon, and counts as heard after two answers', async () => {
  const { clock, answer, isSilent, polls } = await openPolling();
  answer(() => false);
  await clock.advance(150 * second);
  answer(() => true);
  while (polls() === 0) await clock.advance(second);
  expect(isSilent()).toBe(true);
  await clock.advance(6 * second);
  expect([isSilent(), polls()]).toEqual([false, 2]);
});

test('who looks on purpose knows at once that it is back', async () => {
  const { clock, answer, isSilent, upkeep } = await openPolling();
  answer(() => false);
  await clock.advance(150 * second);
  await upkeep.checkParent();
  expect(isSilent()).toBe(true);
  answer(() => true);
  await upkeep.checkParent();
  expect(isSilent()).toBe(false);
});
