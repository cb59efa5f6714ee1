import type { Command } from 'commander';
import { type ConfigName, configOptions } from '../config/config-schema.ts';
import type { Flags } from '../config/read-config.ts';

/** What `serve` can be told, with the word for its value (`null`: none follows) and what it means. */
const serveOptions: readonly (readonly [ConfigName, string | null, string])[] = [
  ['port', '<number>', 'port of the API and the page (6777)'],
  ['host', '<address>', 'address to listen on (127.0.0.1: this computer alone)'],
  ['tier', '<tier>', 'flat, regional, local or central (what the folder is, else flat)'],
  ['nodeName', '<name>', 'what others see this node called (the name of this computer)'],
  ['identity', '<move|new>', 'what to do with the identity of a folder from another computer'],
  ['publicUrl', '<url>', 'how other nodes reach this one; a regional with it listens for its locals'],
  ['hivePort', '<number>', 'port of the hive listener (6776)'],
  ['hiveHost', '<address>', 'address of the hive listener (all, where there is a public URL)'],
  ['tlsCert', '<file>', 'certificate of the hive listener, PEM (one is made and kept)'],
  ['tlsKey', '<file>', 'its key, PEM'],
  ['behindProxy', '<address>', 'plain http for the proxy at this address, which speaks TLS'],
  ['insecureLab', null, 'plain http on loopback, for tests'],
  ['masterKeyFile', '<file>', 'central: file of the master key, read by the signer alone'],
  ['masterPassphraseFile', '<file>', 'central: file with the passphrase of that file'],
  ['signer', '<unix:path>', 'central: a signer that runs as its own service'],
  ['signerPerHour', '<number>', 'central: most certificates that a forked signer signs in an hour (2000)'],
  ['admission', '<policies>', 'who is let in: invite, approve, domain, open (invite)'],
  ['adopt', '<yes|ask|no>', 'whether members of the hive that lost their parent may move here (yes)'],
  ['domainSuffixes', '<suffixes>', 'domains that may prove themselves, such as .example.org'],
  ['privateDomains', null, 'let domains prove themselves at private addresses'],
  ['dnsServer', '<host:port>', 'name server that proves domains'],
  ['maxLocals', '<number>', 'most members that this node takes'],
];

/** Gives `serve` its options. */
export function addServeOptions(command: Command): Command {
  for (const [name, value, meaning] of serveOptions) {
    const { flag } = configOptions[name];
    command.option(value === null ? `${flag}` : `${flag} ${value}`, meaning);
  }
  return command;
}

/** What was given, by name of the value. @param options as commander parsed them */
export function serveFlags(options: Readonly<Record<string, unknown>>): Flags {
  const given = serveOptions.flatMap(([name]) => {
    const value = options[optionKey(configOptions[name].flag ?? '')];
    return value === undefined ? [] : [[name, value === true ? 'true' : String(value)] as const];
  });
  return Object.fromEntries(given);
}

/** How commander names the option of a flag: `--hive-port` is `hivePort`. */
const optionKey = (flag: string): string =>
  flag.replace(/^--/, '').replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
