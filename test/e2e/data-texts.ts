import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { knownPrograms } from '../../node-core/agents/models/discover-programs.ts';
import { configDefaults } from '../../node-core/config/config-schema.ts';

/**
 * What a page in any language shows as it is, because it is data: where it lies in the document, and what it says. A text
 * that is neither belongs in the catalogue.
 */

const agentsFolder = path.join(import.meta.dirname, '../../resources/agents');
const agentFile = z.object({ name: z.string(), description: z.string(), greeting: z.string() });
/** What the files of the agents that come along say of them; they are not in the catalogue, as those of others are not. */
const ofAgents = fs
  .readdirSync(agentsFolder)
  .map((file) => agentFile.parse(JSON.parse(fs.readFileSync(path.join(agentsFolder, file), 'utf8'))))
  .flatMap(({ name, description, greeting }) => [name, description, greeting]);

const modelsFile = path.join(import.meta.dirname, '../../resources/models/catalogue.json');
const modelFile = z.object({ name: z.string(), licence: z.string(), goodAt: z.string(), maker: z.string() });
/** What the catalogue of models says of them, and the hosts that they and the engine come from. */
const ofModels = z
  .object({ models: z.array(modelFile), embeddings: z.array(modelFile) })
  .transform(({ models, embeddings }) => [...models, ...embeddings])
  .parse(JSON.parse(fs.readFileSync(modelsFile, 'utf8')))
  .flatMap(({ name, licence, goodAt, maker }) => [name, licence, goodAt, maker]);
const downloadHosts = ['huggingface.co', new URL(configDefaults.engineRegistry ?? '').host];

/** Parts of the document that hold data alone. */
export const dataParts = [
  // What an agent answered; the Guide's help is written in English alone so far.
  '.prose',
  // The same, read out as it grows.
  '.sr-only[aria-atomic=true]',
  // What was found in messages.
  '[role=option] mark, [role=option] .line-clamp-2',
  // Names of keys, as they stand on the keyboard.
  'kbd',
  // Code to copy.
  'pre',
  // The four words of a key, which have to be the same in every language.
  '[translate=no]',
].join(', ');

const known = new Set([
  'Nunba',
  'test-model',
  // What the tests call a hive and write as messages, and this computer's name.
  'Lakeside',
  'Where are my chats kept?',
  os.hostname(),
  // Programs that serve models, by their own names.
  ...knownPrograms.map(({ name }) => name),
  ...ofAgents,
  ...ofModels,
  ...downloadHosts,
]);

const patterns = [
  // The first letter of an agent's name, as its picture.
  /^\p{Lu}$/u,
  // Addresses and hosts.
  /^(?:https?:\/\/)?(?:localhost|127\.0\.0\.1|central\.example)(?::\d+)?(?:\/v1)?$/,
  // Keys, fingerprints and serial numbers in hex, whole or begun, and the ids of invites.
  /^[0-9a-f]{32,}$/,
  /^(?:[0-9a-f]{4} ?)+…?$/,
  /^[0-9a-z]{16}$/,
  // Folders and files.
  /^\/[\w./-]+$/,
  // The version of the program that runs it.
  /^Node \d+\.\d+\.\d+ \(\w+ \w+\)$/,
  // Times and sizes as Intl writes them.
  /^\w+day, \w+ \d+, \d{4} at \d+:\d\d:\d\d [AP]M$/,
  /^\w+ \d+, \d{4}, \d+:\d\d [AP]M$/,
  /^\d+(?:\.\d+)? [kMG]B$/,
];

/** Whether a text is data: a known one or one of a known shape, or several with a dot or dash between them. */
export function isData(text: string): boolean {
  return text
    .split(/\s[·–](?:\s|$)|^[·–]\s/)
    .map((piece) => piece.trim())
    .every((piece) => piece === '' || known.has(piece) || patterns.some((pattern) => pattern.test(piece)));
}
