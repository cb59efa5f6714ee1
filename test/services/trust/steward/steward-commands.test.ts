import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../../node-core/api/failures.ts';
import { exitCodes } from '../../../../node-core/commands/exit-codes.ts';
import { seedOfWords, wordsOfSeed } from '../../../../node-core/commands/steward/key-report.ts';
import { keygen } from '../../../../node-core/commands/steward/keygen.ts';
import { checkKey, copyKey } from '../../../../node-core/commands/steward/look-after-key.ts';
import type { Surroundings } from '../../../../node-core/commands/surroundings.ts';
import { masterKeyOf } from '../../../../node-core/trust/signer/master-key.ts';
import { tempFolder } from '../../../builders/temp-folder.ts';

const passphrase = 'correct horse battery staple';
const noPassphrase = async (): Promise<null> => null;

/** Surroundings that keep what is printed, with the answers that a person types. */
function terminal(...answers: readonly string[]): Surroundings & { readonly out: string[]; readonly said: string[] } {
  const [out, said, left]: [string[], string[], string[]] = [[], [], [...answers]];
  return {
    out,
    said,
    program: { root: '/', version: '0', resources: '/', page: null, licences: '/' },
    environment: {},
    print: (text) => void out.push(text),
    say: (line) => void said.push(line),
    isTerminal: false,
    ask: async () => left.shift() ?? null,
    onStopSignal: () => () => undefined,
  };
}

async function failureOf(work: Promise<unknown>): Promise<unknown> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof FailureError)) throw new Error(`no failure, but ${String(error)}`);
  return error.failure;
}

const keyIn = (folder: string): string => path.join(folder, 'master_private_key.hex');
const anchorIn = (folder: string): string => fs.readFileSync(path.join(folder, 'hive_anchor.hex'), 'utf8').trim();
const modeOf = (file: string): number => fs.statSync(file).mode & 0o777;

async function made(): Promise<string> {
  const folder = path.join(tempFolder(), 'key');
  expect(await keygen(terminal(), noPassphrase, { out: folder, copy: false })).toBe(exitCodes.done);
  return folder;
}

describe('keygen', () => {
  it('makes a key in two places that the owner alone can read, and says the anchor and its words', async () => {
    const [folder, second] = [path.join(tempFolder(), 'key'), tempFolder()];
    const seen = terminal(second);
    expect(await keygen(seen, noPassphrase, { out: folder })).toBe(exitCodes.done);
    const text = fs.readFileSync(keyIn(folder), 'utf8');
    expect(text).toMatch(/^[0-9a-f]{64}\n$/);
    expect(fs.readFileSync(keyIn(second), 'utf8')).toBe(text);
    expect([modeOf(keyIn(folder)), modeOf(keyIn(second)), modeOf(folder)]).toEqual([0o600, 0o600, 0o700]);
    expect(masterKeyOf(Buffer.from(text.trim(), 'hex')).anchor).toBe(anchorIn(folder));
    const said = seen.out.join('');
    expect(said).toContain(anchorIn(folder));
    expect(said).toMatch(/^words {3}[a-z]+ [a-z]+ [a-z]+ [a-z]+$/m);
    expect(said).not.toContain(text.trim());
  });

  it('makes nothing while nobody names a second place', async () => {
    const folder = path.join(tempFolder(), 'key');
    expect(await keygen(terminal(), noPassphrase, { out: folder })).toBe(exitCodes.usage);
    expect(await keygen(terminal(' '), noPassphrase, { out: folder })).toBe(exitCodes.usage);
    expect(fs.existsSync(folder)).toBe(false);
  });

  it('replaces nothing, in neither place, and leaves no half', async () => {
    const folder = await made();
    const before = fs.readFileSync(keyIn(folder), 'utf8');
    expect(await failureOf(keygen(terminal(), noPassphrase, { out: folder, copy: false }))).toMatchObject({
      kind: 'master-key-unusable',
    });
    expect(fs.readFileSync(keyIn(folder), 'utf8')).toBe(before);
    const other = path.join(tempFolder(), 'key');
    expect(await failureOf(keygen(terminal(), noPassphrase, { out: other, copy: folder }))).toMatchObject({
      path: keyIn(folder),
      reason: expect.stringContaining('never replaced'),
    });
    expect(fs.readdirSync(other)).toEqual([]);
    expect(fs.readFileSync(keyIn(folder), 'utf8')).toBe(before);
  });

  it('keeps a key under a passphrase that is typed twice', async () => {
    const folder = path.join(tempFolder(), 'key');
    const options = { out: folder, copy: false, passphrase: true };
    const typed = [passphrase, 'another passphrase'];
    expect(await failureOf(keygen(terminal(), async () => typed.shift() ?? null, options))).toMatchObject({
      reason: 'the two are not the same',
    });
    expect(await failureOf(keygen(terminal(), async () => 'short', options))).toMatchObject({
      reason: expect.stringContaining('fewer than'),
    });
    expect(await keygen(terminal(), async () => passphrase, options)).toBe(exitCodes.done);
    const named = { file: keyIn(folder) };
    expect(await checkKey(terminal(), async () => passphrase, named)).toBe(exitCodes.done);
    expect(await failureOf(checkKey(terminal(), async () => 'wrong', named))).toMatchObject({
      reason: expect.stringContaining('not its passphrase'),
    });
    expect(await failureOf(checkKey(terminal(), noPassphrase, named))).toMatchObject({
      reason: expect.stringContaining('needs its passphrase'),
    });
  });
});

describe('check', () => {
  it('says whose a key is, by file and by words', async () => {
    const folder = await made();
    const seed = Buffer.from(fs.readFileSync(keyIn(folder), 'utf8').trim(), 'hex');
    const [byFile, byWords] = [terminal(), terminal(wordsOfSeed(seed).replaceAll('\n', ' ').toUpperCase())];
    expect(await checkKey(byFile, noPassphrase, { file: keyIn(folder) })).toBe(exitCodes.done);
    expect(await checkKey(byWords, noPassphrase, { file: null })).toBe(exitCodes.done);
    expect(byWords.out).toEqual(byFile.out);
    expect(byFile.out.join('')).toContain(anchorIn(folder));
  });

  it.each([0o640, 0o604])('warns of mode %o', async (mode) => {
    const folder = await made();
    fs.chmodSync(keyIn(folder), mode);
    const seen = terminal();
    expect(await checkKey(seen, noPassphrase, { file: keyIn(folder) })).toBe(exitCodes.failed);
    expect(seen.said.join()).toContain('others may read it');
    expect(seen.out.join('')).toContain(anchorIn(folder));
  });

  it.each([
    ['that is not there', (file: string) => fs.rmSync(file), 'there is no such file'],
    ['that is cut off', (file: string) => fs.truncateSync(file, 63), 'is damaged'],
    ['that has another digit', otherDigit, 'not the key of hive_anchor.hex'],
    ['that is far too large', (file: string) => fs.truncateSync(file, 5_000), 'far too large'],
  ])('refuses a key %s', async (_, change, reason) => {
    const folder = await made();
    change(keyIn(folder));
    expect(await failureOf(checkKey(terminal(), noPassphrase, { file: keyIn(folder) }))).toMatchObject({
      kind: 'master-key-unusable',
      path: keyIn(folder),
      reason: expect.stringContaining(reason),
    });
  });

  it('asks nobody where there is no terminal', async () => {
    expect(await checkKey(terminal(), noPassphrase, { file: null })).toBe(exitCodes.usage);
  });
});

function otherDigit(file: string): void {
  const text = fs.readFileSync(file, 'utf8');
  fs.writeFileSync(file, `${text.startsWith('0') ? '1' : '0'}${text.slice(1)}`);
}

describe('copy', () => {
  it('copies into a file, which it never replaces, and back from words', async () => {
    const folder = await made();
    const to = path.join(tempFolder(), 'copy.hex');
    expect(await copyKey(terminal(), noPassphrase, { file: keyIn(folder), to })).toBe(exitCodes.done);
    expect(fs.readFileSync(to, 'utf8')).toBe(fs.readFileSync(keyIn(folder), 'utf8'));
    expect(modeOf(to)).toBe(0o600);
    expect(await failureOf(copyKey(terminal(), noPassphrase, { file: keyIn(folder), to }))).toMatchObject({ path: to });
    const paper = terminal();
    expect(await copyKey(paper, noPassphrase, { file: to, to: null })).toBe(exitCodes.done);
    const words = paper.out.join('');
    expect(words.trim().split(/\s+/).length).toBe(24);
    const again = path.join(tempFolder(), 'again.hex');
    expect(await copyKey(terminal(words), noPassphrase, { file: null, to: again })).toBe(exitCodes.done);
    expect(fs.readFileSync(again, 'utf8')).toBe(fs.readFileSync(to, 'utf8'));
  });

  it('keeps a key under its passphrase, unless the person wants another one or none', async () => {
    const folder = path.join(tempFolder(), 'key');
    const known = async (): Promise<string> => passphrase;
    expect(await keygen(terminal(), known, { out: folder, copy: false, passphrase: true })).toBe(exitCodes.done);
    const to = (name: string): string => path.join(tempFolder(), name);
    const copy = async (file: string, asking: typeof known, wanted: { passphrase?: boolean }): Promise<string> => {
      expect(await copyKey(terminal(), asking, { file: keyIn(folder), to: file, ...wanted })).toBe(exitCodes.done);
      return fs.readFileSync(file, 'utf8');
    };
    const [same, other, none] = [to('same'), to('other'), to('none')];
    expect(await copy(same, known, {})).toMatch(/^\{.*"anchor"/);
    expect(await checkKey(terminal(), known, { file: same })).toBe(exitCodes.done);
    const asked = [passphrase, 'a new passphrase', 'a new passphrase'];
    await copy(other, async () => asked.shift() ?? '', { passphrase: true });
    expect(await checkKey(terminal(), async () => 'a new passphrase', { file: other })).toBe(exitCodes.done);
    expect(await copy(none, known, { passphrase: false })).toMatch(/^[0-9a-f]{64}\n$/);
  });

  it('refuses words of which one is wrong, without repeating them', async () => {
    const words = wordsOfSeed(Buffer.alloc(32, 7)).trim().split(/\s+/);
    const wrong = ['abandon', ...words.slice(1)].join(' ');
    expect(() => seedOfWords(wrong)).toThrow(FailureError);
    expect(() => seedOfWords(words.slice(0, 12).join(' '))).toThrow(FailureError);
    const failure = JSON.stringify(await failureOf(copyKey(terminal(wrong), noPassphrase, { file: null, to: 'x' })));
    expect(words.slice(1).filter((word) => word.length > 4 && failure.includes(word))).toEqual([]);
  });
});
