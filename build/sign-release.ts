import fs from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { makeReleaseKey, signFolder } from './release/sign-folder.ts';

/**
 * Makes what lets an app believe an update, where the private key is and nowhere else:
 *
 *   node build/sign-release.ts keygen <new file for the private key>
 *   node build/sign-release.ts <release folder> --key <private key> --version <version>
 *        [--notes <text file>] [--previous <manifest of the version before>] [--channel stable|beta] [--date <day>]
 */
const usage = 'Say which folder to sign: node build/sign-release.ts <release folder> --key <file> --version <version>';

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      key: { type: 'string' },
      version: { type: 'string' },
      notes: { type: 'string' },
      previous: { type: 'string' },
      channel: { type: 'string' },
      date: { type: 'string' },
    },
  });
  const [first, second] = positionals;
  if (first === 'keygen' && second !== undefined) keygen(second);
  else if (first !== undefined && values.key !== undefined && values.version !== undefined) {
    const { key, version, notes, previous, date } = values;
    const channel = values.channel ?? (version.includes('-') ? 'beta' : 'stable');
    if (channel !== 'stable' && channel !== 'beta') throw new Error('The channel is stable or beta.');
    const file = await signFolder({
      folder: path.resolve(first),
      version,
      channel,
      date: date ?? new Date().toISOString().slice(0, 10),
      notes: notes === undefined ? '' : fs.readFileSync(notes, 'utf8').trim(),
      previousManifest: previous ?? null,
      privateKey: fs.readFileSync(key, 'utf8'),
    });
    console.log(`Signed: ${file}`);
  } else throw new Error(usage);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

/** Never over a key that is there: a lost release key ends the updates of every app that was built with it. */
function keygen(file: string): void {
  const { privateKey, publicKey } = makeReleaseKey();
  fs.writeFileSync(file, privateKey, { mode: 0o600, flag: 'wx' });
  console.log(`The private key is in ${file}. Build with NUNBA_RELEASE_KEY=${publicKey}`);
}
