import { english } from '../api/english.ts';
import type { StatusView } from '../api/node-views.ts';
import { describeStateAge, reasonSentence, stateSentence } from '../api/state-sentences.ts';
import type { Flags } from '../config/read-config.ts';
import type { HealthCheck } from '../protocol/health-check.ts';
import { lineOfCheck } from './check-lines.ts';
import { exitCodes } from './exit-codes.ts';
import { plainText } from './hive/text-table.ts';
import { withNode } from './reach-node.ts';
import type { Surroundings } from './surroundings.ts';

/** Prints what the node is doing. */
export async function printStatus(surroundings: Surroundings, flags: Flags, asJson: boolean): Promise<number> {
  const status = await withNode(surroundings, flags, ({ client }) => client.call('status.get', {}));
  surroundings.print(asJson ? `${JSON.stringify(status, null, 2)}\n` : statusText(status));
  return exitCodes.done;
}

/** The status as a person reads it. */
export function statusText(status: StatusView): string {
  const lines = [
    ['State', stateLine(status)],
    ...status.reasons.map((reason) => ['', english(reasonSentence(reason))]),
    ['Checks', checksLine(status)],
    ...status.checks.filter(needsWords).map((check) => ['', wordsOf(check, status.at)]),
    ...hiveLines(status),
    ['Address', status.address ?? 'none, because no node runs in this folder just now'],
    ['Model', status.model ?? 'none chosen; the Guide answers without one'],
    ['Answering', status.runningTurns === 1 ? '1 conversation' : `${status.runningTurns} conversations`],
    ['Since', new Date(status.startedAt).toISOString()],
    ['Data folder', status.dataFolder],
    ['Version', status.version],
  ];
  return lines.map(([name = '', value = '']) => `${name.padEnd(12)} ${value}\n`).join('');
}

/** What is well, or only still to be looked at, needs no words here; `doctor` and the page tell all. */
const needsWords = ({ verdict, reason }: HealthCheck): boolean => verdict === 'noted' && reason === null;

function wordsOf(check: HealthCheck, now: number): string {
  const { title, why } = lineOfCheck(check, now);
  return `${title}: ${why}`;
}

function checksLine({ checks }: StatusView): string {
  const well = checks.filter(({ verdict }) => verdict === 'passed').length;
  return well === checks.length ? `${well}, all well` : `${checks.length}, ${well} of them well`;
}

/** The place in a hive, as far as there is one. */
function hiveLines({ hive, tier }: StatusView): readonly (readonly string[])[] {
  if (hive === null) return [['Hive', 'none: this computer alone, no other node is contacted']];
  const { name, anchor, parentUrl, parentVerifiedAt, certificateEndsAt } = hive;
  return [
    ['Tier', tier],
    ...(name === null ? [] : [['Hive', plainText(name)]]),
    [name === null ? 'Hive' : '', anchor ?? 'nobody is trusted yet'],
    ...(parentUrl === null ? [] : [['Parent', parentUrl]]),
    ...(parentVerifiedAt === null ? [] : [['', `last verified ${new Date(parentVerifiedAt).toISOString()}`]]),
    ...(certificateEndsAt === null ? [] : [['Certificate', `until ${new Date(certificateEndsAt).toISOString()}`]]),
    ...(hive.address === null ? [] : [['Hive address', hive.address]]),
    ...(hive.isInsecureLab ? [['', 'insecure lab: plain http on loopback, for tests alone']] : []),
    ...(hive.isMasterKeyHere ? [['', 'the user of this node can read the master key']] : []),
  ];
}

const stateLine = (status: StatusView): string =>
  `${status.state}: ${english(stateSentence(status, status.hive?.name ?? null))} (${describeStateAge(status, status.at, status.at)})`;
