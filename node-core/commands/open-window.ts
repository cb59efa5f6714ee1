import process from 'node:process';
import type { RunningNode } from '../node.ts';
import { type BrowserOutcome, openBrowserWindow } from '../platform/browser.ts';
import { placesIn } from '../platform/data-folder.ts';
import { readEndpoint } from '../platform/endpoint-file.ts';
import { systemClock } from '../platform/system-clock.ts';
import { pageUrl } from './page-url.ts';
import { askPageToken } from './reach-node.ts';
import type { Surroundings } from './surroundings.ts';

/** A window that shows the page. */
export interface PageWindow {
  close(): void;
}

interface Place {
  readonly address: string;
  readonly dataFolder: string;
}

/** Opens the page in a browser window; where that is not possible says why and prints the address. */
export async function openWindow(
  surroundings: Surroundings,
  node: Pick<RunningNode, 'openPage'>,
  { address, dataFolder }: Place,
): Promise<PageWindow | null> {
  const { say } = surroundings;
  const { token, used } = node.openPage();
  const outcome = await open(surroundings, { address, dataFolder, token, tokenUsed: used });
  if (!tellOutcome(surroundings, outcome, pageUrl(address, node.openPage().token))) return null;
  void outcome.closed.then(() =>
    say('The window was closed. Nunba goes on; press Ctrl+C here to stop it, or open the page again with npm start.'),
  );
  return outcome;
}

/** Shows the page of the node that runs in the folder already; `false` if that does not answer or serves no page. */
export async function openPageOfRunning(surroundings: Surroundings, dataFolder: string): Promise<boolean> {
  const endpoint = readEndpoint(placesIn(dataFolder).run);
  const token = endpoint && (await askPageToken(endpoint));
  const spare = endpoint && (await askPageToken(endpoint));
  if (!endpoint?.address || !token || !spare) return false;
  const { address, pid } = endpoint;
  surroundings.say(`Nunba runs already (process ${pid}); its page is opened.`);
  const tokenUsed = new Promise<void>(() => undefined);
  tellOutcome(
    surroundings,
    await open(surroundings, { address, dataFolder, token, tokenUsed }),
    pageUrl(address, spare),
  );
  return true;
}

function open(
  { environment }: Surroundings,
  request: Place & { readonly token: string; readonly tokenUsed: Promise<void> },
): Promise<BrowserOutcome> {
  return openBrowserWindow({
    ...request,
    clock: systemClock,
    platform: process.platform,
    environment,
    isRoot: process.getuid?.() === 0,
  });
}

function tellOutcome(
  { say, print }: Surroundings,
  outcome: BrowserOutcome,
  url: string,
): outcome is Extract<BrowserOutcome, { kind: 'opened' }> {
  if (outcome.kind === 'opened') {
    say(`The page opened in ${outcome.browser}.`);
    if (!outcome.isSeen) print(`If no window shows, open ${url}\n`);
    return true;
  }
  say(`No window was opened: ${outcome.reason}.`);
  print(`Open this address in a browser of this computer, within five minutes: ${url}\n`);
  return false;
}
