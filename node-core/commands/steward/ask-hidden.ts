import process from 'node:process';
import readline from 'node:readline/promises';
import { Writable } from 'node:stream';
import { FailureError } from '../../api/failures.ts';
import { minPassphraseChars } from '../../api/key-views.ts';
import { readPassphraseFile } from '../../platform/vault/passphrase-file.ts';

/** Asks on the terminal without showing what is typed; `null`: there is no terminal, or the person ended the input. */
export type AskHidden = (question: string) => Promise<string | null>;

/** Asks the terminal of this process. */
export async function askHiddenOnTerminal(question: string): Promise<string | null> {
  if (process.stdin.isTTY !== true || process.stderr.isTTY !== true) return null;
  process.stderr.write(question);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const input = readline.createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    return await new Promise<string | null>((resolve, reject) => {
      input.once('close', () => resolve(null));
      input.question('').then(resolve, reject);
    });
  } finally {
    input.close();
    process.stderr.write('\n');
  }
}

/** What gives the passphrase of a key that has one. */
export function passphraseFrom(file: string | undefined, askHidden: AskHidden): () => Promise<string | null> {
  return () =>
    file === undefined ? askHidden('Passphrase of the key: ') : readPassphraseFile(file, '--passphrase-file');
}

/** A passphrase for a new key: of a file, or typed twice. Throws `config-invalid` if there is none that will do. */
export async function newPassphrase(file: string | undefined, askHidden: AskHidden): Promise<string> {
  if (file !== undefined) return readPassphraseFile(file, '--passphrase-file');
  const first = await askHidden(`A passphrase of at least ${minPassphraseChars} characters: `);
  if (first === null) throw refused('there is no terminal to ask on; use --passphrase-file');
  if ([...first].length < minPassphraseChars) throw refused(`it has fewer than ${minPassphraseChars} characters`);
  if ((await askHidden('The same again: ')) !== first) throw refused('the two are not the same');
  return first;
}

const refused = (reason: string): FailureError =>
  new FailureError({ kind: 'config-invalid', name: 'The passphrase', source: 'terminal', reason });
