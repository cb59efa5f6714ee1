import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Log } from '../protocol/ports/log.ts';
import { type AgentFile, type DecodedAgentFile, decodeAgentFile, maxAgentFileChars } from './agent-file.ts';

/** Most files of the folder that are looked at. */
const maxFiles = 200;

/**
 * The agents of a folder, by position. A file that cannot be used is left out with one log line; so is the whole
 * folder if it cannot be read.
 */
export async function loadAgentFiles(folder: string, log: Log): Promise<readonly AgentFile[]> {
  const names = await readdir(folder).catch((cause: unknown) => {
    log.error(
      { folder, cause: String(cause) },
      'The folder of agents cannot be read; no agent that comes with Nunba is here',
    );
    return [];
  });
  const files: AgentFile[] = [];
  for (const name of names.sort().slice(0, maxFiles)) {
    const decoded = await readAgentFile(folder, name);
    if (decoded.kind === 'agent') files.push(decoded.file);
    else log.warn({ file: name, reason: decoded.reason }, 'An agent file was left out');
  }
  return files.sort((a, b) => a.position - b.position);
}

const readAgentFile = async (folder: string, name: string): Promise<DecodedAgentFile> => {
  try {
    const file = path.join(folder, name);
    const { size } = await stat(file);
    // UTF-8 needs at most three bytes for each UTF-16 unit that the decoder counts.
    if (size > maxAgentFileChars * 3) return { kind: 'refused', reason: `${size} bytes are too many` };
    return decodeAgentFile(name, await readFile(file, 'utf8'));
  } catch (error) {
    return { kind: 'refused', reason: error instanceof Error ? error.message : String(error) };
  }
};
