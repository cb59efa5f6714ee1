import fs from 'node:fs/promises';
import { FailureError } from '../../api/failures.ts';
import { minPassphraseChars } from '../../api/key-views.ts';

/** A longer file is no passphrase. */
const maxBytes = 4_096;
const variable = 'NUNBA_KEY_PASSPHRASE_FILE';

/**
 * The passphrase that a file holds, without the end of its line. Throws `config-invalid` if the file is not there, if
 * others may read it, or if what it holds is too short: a passphrase that was asked for is never quietly left out.
 * @param name of the flag or variable that names the file; default: that of the vault's passphrase
 */
export async function readPassphraseFile(file: string, name = variable): Promise<string> {
  const refused = (reason: string, cause?: unknown): FailureError =>
    new FailureError({ kind: 'config-invalid', name, source: file.slice(0, 200), reason }, { cause });
  let text: string;
  try {
    const { size, mode } = await fs.stat(file);
    if (size > maxBytes) throw refused(`it is larger than ${maxBytes} bytes`);
    if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
      throw refused('others may read it; run chmod 600 on it');
    }
    text = await fs.readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof FailureError) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown cause';
    throw refused(code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`, error);
  }
  const passphrase = text.replace(/[\r\n]+$/, '');
  if (passphrase.trim() === '') throw refused('the file is empty');
  if ([...passphrase].length < minPassphraseChars) {
    throw refused(`its passphrase has fewer than ${minPassphraseChars} characters`);
  }
  return passphrase;
}
