import path from 'node:path';
import type { Page } from '@playwright/test';
import { freePort } from '../../builders/free-port.ts';
import { test as nodeTest, type StartedNode, waitUntilReady } from '../fixtures.ts';
import { runProgram } from '../run-program.ts';

const programs = path.join(import.meta.dirname, '../../../dist/node-core');

/** A built node whose hive listener has an address. */
export interface HiveNode extends StartedNode {
  /** Base of its hive listener. */
  readonly url: string;
  /** Starts the same again on the same ports, after `stop` or `kill`. */
  again(): Promise<HiveNode>;
}

/** How central is reached. `lab`: plain http, so that an address alone is enough on one computer. */
interface CentralOptions {
  readonly isLab?: boolean;
}

/** Real processes that make a hive; all of them are stopped when the test ends. */
export interface Hive {
  startCentral(options?: CentralOptions): Promise<HiveNode>;
  /** A node that can take in others once it is a member. */
  startReachable(dataFolder: string): Promise<HiveNode>;
  /** Runs a command of `nunba-node` on a folder; it has to succeed. */
  command(node: Pick<StartedNode, 'dataFolder'>, ...args: readonly string[]): Promise<string>;
  /** A link to join by. */
  invite(issuer: HiveNode, ...args: readonly string[]): Promise<string>;
  /** The four words of the hive, as its steward sees them. */
  words(issuer: HiveNode): Promise<string>;
  /** Another page beside the test's own: that of a steward. */
  openSteward(node: StartedNode): Promise<Page>;
}

/** Playwright's `test`, with hives of real processes. */
export const test = nodeTest.extend<{ readonly hive: Hive }>({
  hive: async ({ home, startNode, context }, use) => {
    await use(hiveIn(home, startNode, async () => context.newPage()));
  },
});

/** Starts a built node, which whoever hands this over stops. */
export type StartNode = (options: {
  readonly dataFolder: string;
  readonly port: number;
  readonly args: readonly string[];
}) => Promise<StartedNode>;

/**
 * Hives below a folder.
 *
 * @param newPage opens another page in the test's browser
 */
export function hiveIn(home: string, startNode: StartNode, newPage: () => Promise<Page>): Hive {
  const run = async (program: string, args: readonly string[]): Promise<string> => {
    const running = runProgram([path.join(programs, `${program}.js`), ...args], home);
    const code = await running.ended;
    if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}:\n${running.output()}`);
    return running.output();
  };
  const startAt = async (dataFolder: string, args: readonly string[], url: string): Promise<HiveNode> => {
    const port = await freePort();
    const begin = async (): Promise<HiveNode> => {
      const node = await startNode({ dataFolder, port, args });
      return { ...node, url, again: begin };
    };
    return begin();
  };
  const listenAt = (scheme: string, port: number): readonly string[] => [
    ...['--public-url', `${scheme}://localhost:${port}`],
    ...['--hive-port', String(port), '--hive-host', '127.0.0.1'],
  ];
  const command: Hive['command'] = ({ dataFolder }, ...args) => run('main', [...args, '--data', dataFolder]);
  return {
    async startCentral({ isLab = false } = {}) {
      const key = path.join(home, 'hive-key');
      await run('steward', ['keygen', '--out', key, '--no-copy']);
      const port = await freePort();
      const scheme = isLab ? 'http' : 'https';
      const own = ['--tier', 'central', '--master-key', path.join(key, 'master_private_key.hex')];
      const lab = isLab ? ['--insecure-lab'] : [];
      const args = [...own, ...lab, ...listenAt(scheme, port), '--name', 'Lakeside'];
      return startAt(path.join(home, 'central'), args, `${scheme}://localhost:${port}`);
    },
    async startReachable(dataFolder) {
      const port = await freePort();
      return startAt(dataFolder, listenAt('https', port), `https://localhost:${port}`);
    },
    command,
    async invite(issuer, ...args) {
      return String(JSON.parse(await command(issuer, 'invite', 'create', '--json', ...args)).link);
    },
    async words(issuer) {
      const { membership } = JSON.parse(await command(issuer, 'trust', '--json'));
      return membership.anchorWords.join(' ');
    },
    async openSteward(node) {
      const page = await newPage();
      await page.goto(node.pageUrl);
      await waitUntilReady(page);
      return page;
    },
  };
}

/** Removes the invite from a link, so that a steward is asked. */
export function withoutInvite(link: string): string {
  const url = new URL(link);
  url.searchParams.delete('invite');
  return url.href;
}
