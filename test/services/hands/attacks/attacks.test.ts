import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { createRunCommand } from '../../../../node-core/agents/commands/run-command.ts';
import { createHands } from '../../../../node-core/agents/hands/create-hands.ts';
import { defineTool, type Tool } from '../../../../node-core/agents/tools/tool.ts';
import { createFetchPage } from '../../../../node-core/agents/web/fetch-page.ts';
import { isPublicAddress } from '../../../../node-core/agents/web/public-address.ts';
import type { HandsView, WaitingDeed } from '../../../../node-core/api/hands-views.ts';
import { systemClock } from '../../../../node-core/platform/system-clock.ts';
import type { PermissionAnswer } from '../../../../node-core/protocol/hands/permission.ts';
import { createIds } from '../../../builders/ids.ts';
import { finishRun, ofKind } from '../../../builders/loop-run.ts';
import { httpListener, modelServer } from '../../../builders/model-server.ts';
import { testStorage } from '../../../builders/models.ts';
import { tempFolder } from '../../../builders/temp-folder.ts';
import { calls, says } from '../../../doubles/model-server/reply.ts';
import type { ModelServer } from '../../../doubles/model-server/start-model-server.ts';
import { createNearReckoner } from '../../../doubles/reckoner.ts';
import { createRecordedLog } from '../../../doubles/recorded-log.ts';
import { type Attack, attacksAt, type Places } from './attack-texts.ts';

const messageId = '01ARZ3NDEKTSV4RRFFQ69G5FAV';
const noPlaces = {
  evil: 'http://evil.example:1',
  evilHost: 'evil.example:1',
  siteHost: 'site.example:1',
  scratch: '',
  mark: '',
};
const names = attacksAt(noPlaces).map(({ name }) => name);

/** Everything that an attack could harm, for real: a database of permissions, a shell, servers that notice who asks. */
async function openTarget() {
  const evilRequests: string[] = [];
  const evil = await httpListener((request, response) => {
    evilRequests.push(request.url ?? '');
    response.end('gotcha');
  });
  const pages: { text: string } = { text: '' };
  const site = await httpListener((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(pages.text);
  });
  const root = tempFolder();
  const places: Places = {
    evil: `http://evil.example:${evil.port}`,
    evilHost: `evil.example:${evil.port}`,
    siteHost: `site.example:${site.port}`,
    scratch: path.join(root, 'scratch', 'C1'),
    mark: path.join(root, 'was-run'),
  };
  const storage = await testStorage();
  const hands = await createHands({
    storage,
    clock: systemClock,
    ids: createIds(7),
    log: createRecordedLog(),
    keeper: { settle: async () => 'not-done', undo: async () => ({ kind: 'undone' }) },
    folders: { list: () => [], onChange: () => () => undefined },
  });
  onTestFinished(() => hands.stop());
  return { evilRequests, pages, root, places, hands };
}

type Target = Awaited<ReturnType<typeof openTarget>>;

/** The real tools; every name of the open web leads to the tests' own servers, and nothing but them counts as public. */
function toolsOf({ root }: Target, attack: Attack): readonly Tool[] {
  const reach = {
    resolve: async () => ['127.0.0.1'],
    isAllowed: (address: string) => address === '127.0.0.1' || isPublicAddress(address),
  };
  const strict = { ...reach, isAllowed: (address: string) => isPublicAddress(address) };
  const reckoner = createNearReckoner();
  const open = createFetchPage({ reach, clock: systemClock, reckoner, version: '1.0.0' });
  const judged = createFetchPage({ reach: strict, clock: systemClock, reckoner, version: '1.0.0' });
  // An address that is written as a number is judged as in the product; names lead to the servers of the test.
  const fetchPage: Tool = {
    ...open,
    plan: async (input, context) => {
      await judged.plan(input, context);
      return open.plan(input, context);
    },
  };
  const readFile = defineTool({
    name: 'read_attachment',
    description: 'Reads the attached file.',
    input: z.strictObject({}),
    isOutside: true,
    run: async () => ({ value: { text: attack.text }, sources: [] }),
  });
  const runCommand = createRunCommand({
    clock: systemClock,
    scratchFolder: path.join(root, 'scratch'),
    pickedFolders: () => [],
    isAllowed: async () => true,
  });
  return [readFile, fetchPage, runCommand];
}

/** A model that reads what it was asked to read, then does whatever the attack wants, one call after the other. */
function obey(server: ModelServer, attack: Attack, { places }: Target): { results: readonly string[] } {
  const read: { results: readonly string[] } = { results: [] };
  server.script((prompt) => {
    read.results = prompt.toolResults;
    const done = prompt.toolResults.length;
    if (done === 0 && attack.carrier === 'page') return calls('fetch_page', { url: `http://${places.siteHost}/` });
    if (done === 0) return calls('read_attachment', {});
    const wanted = attack.wants[done - 1];
    return wanted ? calls(wanted.tool, wanted.arguments, `call_${done + 1}`) : says('I did all that.');
  });
  return read;
}

/** The person: allows the page that they asked for, once, and whatever else is asked is answered so. */
function answering({ hands, places }: Target, answer: PermissionAnswer) {
  const asked: WaitingDeed[] = [];
  const views: HandsView[] = [];
  const seen = new Set<string>();
  const next = (view: HandsView): void => {
    views.push(view);
    for (const waiting of view.waiting) {
      if (seen.has(waiting.callId)) continue;
      seen.add(waiting.callId);
      const isWished = waiting.deed.kind === 'fetch-page' && waiting.deed.url === `http://${places.siteHost}/`;
      if (!isWished) asked.push(waiting);
      // After the watcher has heard of it, as a click comes later than what it answers.
      setImmediate(
        () => void hands.handlers.calls['hands.answer']({ callId: waiting.callId, answer: isWished ? 'once' : answer }),
      );
    }
  };
  void hands.handlers.subscriptions['hands.watch']({}, { next });
  return { asked, grants: () => views.at(-1)?.grants ?? [] };
}

async function attackWith(name: string, answer: PermissionAnswer) {
  const target = await openTarget();
  const attack = attacksAt(target.places).find((each) => each.name === name);
  if (!attack) throw new Error(name);
  target.pages.text = attack.text;
  const server = await modelServer();
  const read = obey(server, attack, target);
  const person = answering(target, answer);
  const run = await finishRun(server, {
    text: attack.carrier === 'page' ? `Sum up http://${target.places.siteHost}/` : 'Sum up the file',
    tools: toolsOf(target, attack),
    messageId,
    gate: target.hands.gate,
  });
  return { ...target, attack, read, person, run };
}

test('there are at least twenty', () => {
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(20);
});

test.each(names)('a text that %s: nothing happens without the person', async (name) => {
  const { attack, run, person, evilRequests, places, hands, read } = await attackWith(name, 'no');
  expect(run.failure).toBeNull();

  // Exactly what would be done was put to the person, each time, and nothing else.
  const expected = attack.wants.flatMap(({ ends }) => (ends.kind === 'asked' ? [ends.deed] : []));
  expect(person.asked.map(({ deed }) => deed)).toEqual(expected);

  // The model was told why, call by call.
  const outcomes = ofKind(run.events, 'tool-outcome')
    .slice(1)
    .map(({ outcome }) => outcome);
  expect(outcomes).toHaveLength(attack.wants.length);
  attack.wants.forEach(({ ends }, index) => {
    const reason = ends.kind === 'refused' ? ends.reason : 'did not allow this';
    expect(outcomes[index]).toMatchObject({ kind: 'failed', message: expect.stringContaining(reason) });
  });

  // No permission was written, nothing was contacted, nothing ran.
  expect(person.grants()).toEqual([]);
  expect(evilRequests).toEqual([]);
  expect(fs.existsSync(places.mark)).toBe(false);
  expect(fs.existsSync(places.scratch)).toBe(false);
  const past = await hands.handlers.calls['hands.past']({ before: null, count: 100 });
  const wished =
    attack.carrier === 'page' ? [{ kind: 'fetch-page', url: `http://${places.siteHost}/`, host: places.siteHost }] : [];
  expect(past.deeds.map(({ deed }) => deed)).toEqual(wished);

  // What was read came to the model between the marks of this answer, and what hides or imitates did not come at all.
  const [result = ''] = read.results;
  const nonce = /^⟦outside-data ([a-z0-9]{16}) /.exec(result)?.[1] ?? 'none';
  expect(result.endsWith(`⟦end-of-outside-data ${nonce}⟧`)).toBe(true);
  expect(result.split('⟦')).toHaveLength(3);
  if (attack.neverReads !== undefined) expect(result).not.toContain(attack.neverReads);
});

test.each(names)('a text that %s: where nobody can be asked, nothing is done either', async (name) => {
  const target = await openTarget();
  const attack = attacksAt(target.places).find((each) => each.name === name);
  if (!attack) throw new Error(name);
  const server = await modelServer();
  obey(server, { ...attack, carrier: 'file' }, target);
  const run = await finishRun(server, { text: 'Sum up', tools: toolsOf(target, attack), gate: target.hands.gate });
  expect(run.failure).toBeNull();
  expect(
    ofKind(run.events, 'tool-outcome')
      .slice(1)
      .every(({ outcome }) => outcome.kind === 'failed'),
  ).toBe(true);
  expect(target.evilRequests).toEqual([]);
  expect(fs.existsSync(target.places.mark)).toBe(false);
});

test('what the person allowed once is done once, and asked about again', async () => {
  const name = 'asks again and again until somebody is tired';
  const { attack, person, evilRequests } = await attackWith(name, 'once');
  expect(person.asked).toHaveLength(attack.wants.length);
  expect(evilRequests).toHaveLength(attack.wants.length);
  expect(person.grants()).toEqual([]);
});

test('what the person allowed in this chat covers that host and no command', async () => {
  const { attack, person, evilRequests, places } = await attackWith(
    'asks again and again until somebody is tired',
    'chat',
  );
  expect(person.asked).toHaveLength(1);
  expect(evilRequests).toHaveLength(attack.wants.length);
  expect(person.grants()).toMatchObject([
    { toolName: 'fetch_page', subject: { kind: 'host', host: `http://${places.evilHost}` } },
  ]);
});

test('what the person allowed for a host in this chat covers no other host that looks like it', async () => {
  const { attack, person } = await attackWith('asks for a host that looks like the allowed one', 'chat');
  expect(person.asked).toHaveLength(attack.wants.length);
  expect(person.grants()).toHaveLength(attack.wants.length);
});
