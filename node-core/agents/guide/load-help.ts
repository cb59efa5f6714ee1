import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../../protocol/ports/log.ts';
import { decodeHelpTopic, type HelpTopic, maxHelpFileChars } from './help-topic.ts';
import { decodeSynonyms, noSynonyms, type Synonyms } from './synonyms.ts';

/** The help as it stands in its folder. */
export interface Help {
  readonly topics: readonly HelpTopic[];
  readonly synonyms: Synonyms;
}

const synonymsName = 'synonyms.json';
const maxSynonymsBytes = 256 * 1024;

/** Most files of the folder that are looked at. */
const maxFiles = 1000;

/** Reads the help. A file that cannot be used is left out with one log line; so is the whole folder if need be. */
export async function loadHelp(folder: string, log: Log): Promise<Help> {
  const names = await readdir(folder).catch((cause: unknown) => {
    log.error({ folder, cause: String(cause) }, 'The help cannot be read; the Guide knows nothing');
    return [];
  });
  const topics: HelpTopic[] = [];
  for (const name of names
    .filter((one) => one.endsWith('.md'))
    .sort()
    .slice(0, maxFiles)) {
    const text = await readSmall(path.join(folder, name), maxHelpFileChars * 3);
    const decoded = decodeHelpTopic(name, text ?? '');
    if (decoded.kind === 'topic') topics.push(decoded.topic);
    else
      log.warn(
        { file: name, reason: text === null ? 'it cannot be read' : decoded.reason },
        'A help file was left out',
      );
  }
  const synonyms = decodeSynonyms((await readSmall(path.join(folder, synonymsName), maxSynonymsBytes)) ?? '');
  if (synonyms === null) log.warn({ file: synonymsName }, 'The synonyms of the help were left out');
  return { topics, synonyms: synonyms ?? noSynonyms };
}

/** Text of a file, or `null` if it cannot be read or is too large. */
const readSmall = async (file: string, maxBytes: number): Promise<string | null> => {
  try {
    return (await stat(file)).size > maxBytes ? null : await readFile(file, 'utf8');
  } catch {
    return null;
  }
};
