import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { judgeChain } from '../../../node-core/protocol/trust/chain.ts';
import { createStrictVerifier } from '../../../node-core/trust/verification/strict-verify.ts';
import { inviteOf, makeMasterKey, newFolder, startCentral, statusOf } from '../../builders/hive.ts';
import { serveNode } from '../../builders/node-process.ts';
import { tempFolder } from '../../builders/temp-folder.ts';
import { startDnsServer } from '../../doubles/trust/dns-server.ts';

/** What needs ports that others could hold: 6776 to 6797. One after another, so that they do not hold them themselves. */
const root = path.resolve(import.meta.dirname, '../../..');
const timeout = 300_000;
const verify = createStrictVerifier();

/** The lines of the first shell block under a heading. */
function linesUnder(heading: string): readonly string[] {
  const readme = fs.readFileSync(path.join(root, 'README.md'), 'utf8');
  const section = readme.slice(readme.indexOf(`## ${heading}\n`));
  const block = /```sh\n([^`]+)```/.exec(section)?.[1] ?? '';
  return block.trim().split('\n');
}

interface Running {
  readonly out: () => string;
  readonly ended: Promise<number | null>;
}

function run(line: string, home: string): Running {
  const env = { PATH: process.env.PATH ?? '', HOME: home };
  // A group of its own: what npm starts has to end with it.
  const child: ChildProcess = spawn('sh', ['-c', line], {
    cwd: root,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
  }
  const ended = once(child, 'close').then(([code]) => code as number | null);
  onTestFinished(async () => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended by itself.
    }
    await ended;
  });
  return { out: () => text, ended };
}

async function finish(line: string, home: string): Promise<string> {
  const running = run(line, home);
  const code = await running.ended;
  if (code !== 0) throw new Error(`"${line}" ended with ${code}:\n${running.out()}`);
  return running.out();
}

async function serve(line: string, home: string): Promise<void> {
  const running = run(line, home);
  await expect.poll(() => running.out(), { timeout: 60_000, interval: 200 }).toMatch(/answers at http/);
}

const linkIn = (text: string): string => /nunba:\/\/join\?\S+/.exec(text)?.[0] ?? '';

/** The very lines of the README, with `~` in an empty home. */
test('the lines of the README make a hive of three tiers with valid chains', { timeout }, async () => {
  const home = tempFolder();
  const [keygen = '', central = '', invite = ''] = linesUnder('Run your own hive in three commands');
  const [joinRegional = '', regional = '', inviteLocal = '', joinLocal = '', local = ''] = linesUnder('Join one');

  expect(await finish(keygen, home)).toMatch(/both|read back|proved/i);
  await serve(central, home);
  const first = linkIn(await finish(invite, home));
  expect(first).toContain('tls=');
  await finish(joinRegional.replace('<the link>', first), home);
  await serve(regional, home);
  const second = linkIn(await finish(inviteLocal, home));
  await finish(joinLocal.replace('<the second link>', second), home);
  await serve(local, home);

  const anchor = fs.readFileSync(path.join(home, 'hive-key/hive_anchor.hex'), 'utf8').trim();
  const tiers = [];
  for (const name of ['central', 'regional', 'local']) {
    const text = await finish(`npm run --silent nunba-node -- trust --json --data ~/${name}`, home);
    const { certificate, issuers } = JSON.parse(text.slice(text.indexOf('{')));
    const verdict = judgeChain({ certificate, issuers }, { anchor, nowMs: Date.now(), verify, isRevoked: () => false });
    expect(verdict).toMatchObject({ kind: 'valid' });
    tiers.push(certificate.tier);
  }
  expect(tiers).toEqual(['central', 'regional', 'local']);
});

test('a domain proves itself to central, which asks it where its name server says', { timeout }, async () => {
  const dns = await startDnsServer({ 'node1.hive.test': '127.0.0.2' });
  const central = await startCentral(
    await makeMasterKey(),
    ...['--admission', 'domain', '--domain-suffix', '.hive.test', '--private-domains', '--dns', dns.address],
  );
  const link = new URL(await inviteOf(central));
  link.searchParams.delete('invite');
  const folder = newFolder('regional');
  const at = ['--public-url', 'https://node1.hive.test:6776', '--hive-host', '127.0.0.2', '--hive-port', '6776'];
  await serveNode(folder, { NUNBA_JOIN_LINK: link.href }, at);
  await expect.poll(() => statusOf(folder), { timeout: 150_000, interval: 500 }).toMatchObject({ tier: 'regional' });
  expect(dns.asked).toContain('node1.hive.test');
  const { members } = JSON.parse(await central.command('members', 'list', '--json'));
  expect(members).toMatchObject([{ fqdn: 'node1.hive.test', state: 'active' }]);
});
