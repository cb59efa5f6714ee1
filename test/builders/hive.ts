import fs from 'node:fs';
import path from 'node:path';
import type { StatusView } from '../../node-core/api/node-views.ts';
import { freePort } from './free-port.ts';
import { type Ended, type Environment, runCommand, runSteward, type ServedNode, serveNode } from './node-process.ts';
import { tempFolder } from './temp-folder.ts';

/** A master key in a folder of its own, made by `nunba-steward keygen`. */
export interface MasterKey {
  /** Path of the key's file. */
  readonly file: string;
  /** 64 hex */
  readonly anchor: string;
}

/** A node in a process of its own whose hive listener has an address. */
export interface HiveNode extends ServedNode {
  /** Base of its hive listener. */
  readonly url: string;
  /** Starts the same again, on the same port; after `stop` or `kill`. */
  again(): Promise<HiveNode>;
  /** A command on its data folder that has to succeed; resolves with its output. */
  command(...args: string[]): Promise<string>;
}

export async function makeMasterKey(): Promise<MasterKey> {
  const folder = path.join(tempFolder(), 'key');
  await succeeded(runSteward(['keygen', '--out', folder, '--no-copy']));
  const read = (name: string): string => fs.readFileSync(path.join(folder, name), 'utf8').trim();
  return { file: path.join(folder, 'master_private_key.hex'), anchor: read('hive_anchor.hex') };
}

/** A central over https with a self-made certificate. */
export async function startCentral(key: MasterKey, ...args: readonly string[]): Promise<HiveNode> {
  const folder = path.join(tempFolder(), 'central');
  return startHiveNode(folder, ['--tier', 'central', '--master-key', key.file, ...args]);
}

/** A node that can be reached by others of its hive. @param dataFolder a member's */
export async function startHiveNode(
  dataFolder: string,
  args: readonly string[] = [],
  environment: Environment = {},
): Promise<HiveNode> {
  const port = await freePort();
  return servedAt(port, dataFolder, args, environment);
}

async function servedAt(
  port: number,
  dataFolder: string,
  args: readonly string[],
  environment: Environment,
): Promise<HiveNode> {
  const url = `https://localhost:${port}`;
  const at = ['--public-url', url, '--hive-port', String(port), '--hive-host', '127.0.0.1'];
  const node = await serveNode(dataFolder, environment, [...at, ...args]);
  return {
    ...node,
    url,
    again: () => servedAt(port, dataFolder, args, environment),
    command: (...words) => commandOn(dataFolder, ...words),
  };
}

/** Runs a command on a data folder; it has to succeed. */
export async function commandOn(dataFolder: string, ...args: readonly string[]): Promise<string> {
  return succeeded(runCommand([...args, '--data', dataFolder]));
}

/** What a folder's node says of itself. */
export async function statusOf(dataFolder: string): Promise<StatusView> {
  return JSON.parse(await commandOn(dataFolder, 'status', '--json'));
}

/** A data folder that does not exist yet. */
export const newFolder = (name: string): string => path.join(tempFolder(), name);

/** A regional that may issue, joined by invite and running. */
export async function startRegional(central: HiveNode): Promise<HiveNode> {
  const folder = newFolder('regional');
  await commandOn(folder, 'join', await inviteOf(central, '--may-issue'), '--yes');
  return startHiveNode(folder);
}

/** An invite of an issuer, as its link. */
export async function inviteOf(issuer: HiveNode, ...args: readonly string[]): Promise<string> {
  const text = await issuer.command('invite', 'create', '--json', ...args);
  return String(JSON.parse(text).link);
}

async function succeeded(running: Promise<Ended>): Promise<string> {
  const { code, out, errors } = await running;
  if (code !== 0) throw new Error(`The command ended with ${code}: ${errors}${out}`);
  return out;
}
