import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openTestIndex, passageCounts } from '../../builders/knowledge-index.ts';
import { tempFolder, writeFiles } from '../../builders/temp-folder.ts';

describe('what is read', () => {
  it('passes over hidden files and those of programs, and says what it does not read and why', async () => {
    const open = openTestIndex();
    writeFiles(open.folder, {
      'notes.txt': 'needle',
      'sub/page.html': '<p>needle <b>bold</b></p>',
      'node_modules/x/index.js': 'needle',
      '.git/config': 'needle',
      '.hidden.txt': 'needle',
      '.ssh/id_rsa': 'needle',
      'letter.doc': 'needle',
      id_rsa: 'needle',
      tool: 'ELF\0\0\0needle',
      'photo.png': 'needle',
    });
    fs.writeFileSync(path.join(open.folder, 'huge.log'), Buffer.alloc(20 * 1024 * 1024 + 1, 'needle '));
    await open.update();
    expect(open.files()).toEqual({
      'notes.txt': null,
      'sub/page.html': null,
      'letter.doc': 'document',
      id_rsa: 'secret',
      tool: 'binary',
      'photo.png': 'binary',
      'huge.log': 'too-large',
    });
    expect([...(await open.find('needle'))].sort()).toEqual(['notes.txt:1', 'sub/page.html:1']);
  });

  it('leaves out what the tools for files leave out: profiles of browsers and keys', async () => {
    const index = openTestIndex();
    const profile = 'Library/Application Support/Google/Chrome/Default/Preferences';
    const files = {
      [profile]: 'A needle.\n',
      'AppData/Roaming/Mozilla/Firefox/prefs.js': 'A needle.\n',
      'Library/Books/list.md': 'A needle.\n',
      'client_secret_1.json': 'A needle.\n',
    };
    writeFiles(index.folder, files);
    await index.update();
    expect(await index.find('needle')).toEqual(['Library/Books/list.md:1']);
    expect(index.files()).toMatchObject({ 'client_secret_1.json': 'secret' });
    writeFiles(index.folder, { [profile]: 'Another needle.\n' });
    await index.update([profile]);
    expect(await index.find('needle')).toEqual(['Library/Books/list.md:1']);
  });

  it('reads a page anew that was renamed to be plain text', async () => {
    const index = openTestIndex();
    writeFiles(index.folder, { 'page.html': '<p>One</p>\n<p title="needle">Two</p>\n' });
    await index.update();
    expect(await index.find('needle')).toEqual([]);
    fs.renameSync(path.join(index.folder, 'page.html'), path.join(index.folder, 'page.txt'));
    await index.update();
    expect(await index.find('needle')).toEqual(['page.txt:1']);
  });

  it('follows no link, neither to a file nor to a folder', async () => {
    const outside = tempFolder();
    writeFiles(outside, { 'secret.txt': 'needle outside' });
    const open = openTestIndex();
    writeFiles(open.folder, { 'a.txt': 'needle inside' });
    fs.symlinkSync(path.join(outside, 'secret.txt'), path.join(open.folder, 'link.txt'));
    fs.symlinkSync(outside, path.join(open.folder, 'folder'));
    fs.symlinkSync(open.folder, path.join(open.folder, 'circle'));
    await open.update();
    expect(open.files()).toEqual({ 'a.txt': null });
  });

  it('takes a single file as its own root', async () => {
    const folder = tempFolder();
    writeFiles(folder, { 'only.md': 'first\nneedle', 'other.md': 'needle' });
    const open = openTestIndex(path.join(folder, 'only.md'));
    await open.update();
    expect(await open.find('needle')).toEqual(['only.md:1']);
  });

  it('stops at the limits, and goes on when they are raised', async () => {
    const open = openTestIndex();
    writeFiles(open.folder, { 'a.txt': 'needle one', 'b.txt': 'needle two', 'c.txt': 'needle three' });
    await open.update(undefined, { files: 2 });
    expect(open.files()).toEqual({ 'a.txt': null, 'b.txt': null, 'c.txt': 'over-limit' });
    await open.update(undefined, { files: 3, bytes: 20 });
    expect(open.files()['c.txt']).toBe('over-limit');
    await open.update();
    expect(open.files()['c.txt']).toBe(null);
    await open.update(undefined, { files: 1 });
    expect(Object.values(open.files()).filter((reason) => reason === null)).toHaveLength(1);
    expect(passageCounts(open)).toEqual([1, 1, 1]);
  });
});

describe('changes', () => {
  it('follows what is added, changed, renamed and deleted, by a look at everything or at the paths alone', async () => {
    for (const paths of [undefined, ['a.txt', 'b.txt', 'c.txt', 'sub/moved.txt', 'old.txt', 'gone', 'd.txt']]) {
      const open = openTestIndex();
      writeFiles(open.folder, {
        'a.txt': 'alpha',
        'b.txt': 'beta',
        'old.txt': 'omega',
        'gone/x.txt': 'gamma',
        'gone/y.txt': 'delta',
      });
      await open.update();
      const omega = open.writer.filesOf(1).get('old.txt');
      writeFiles(open.folder, { 'a.txt': 'alpha changed', 'd.txt': 'epsilon' });
      fs.rmSync(path.join(open.folder, 'b.txt'));
      fs.rmSync(path.join(open.folder, 'gone'), { recursive: true });
      fs.mkdirSync(path.join(open.folder, 'sub'));
      fs.renameSync(path.join(open.folder, 'old.txt'), path.join(open.folder, 'sub/moved.txt'));
      await open.update(paths);
      expect(open.files()).toEqual({ 'a.txt': null, 'd.txt': null, 'sub/moved.txt': null });
      expect(await open.find('changed')).toEqual(['a.txt:1']);
      expect(await open.find('beta gamma delta')).toEqual([]);
      expect(await open.find('omega')).toEqual(['sub/moved.txt:1']);
      // A rename keeps what was indexed.
      expect(open.writer.filesOf(1).get('sub/moved.txt')?.id).toBe(omega?.id);
      expect(passageCounts(open)).toEqual([3, 3, 3]);
    }
  });

  it('reads nothing again that did not change, and nothing that was only touched', async () => {
    const open = openTestIndex();
    writeFiles(open.folder, { 'a.txt': 'alpha', 'b.txt': 'beta' });
    await open.update();
    const before = open.writer.filesOf(1);
    open.progress.length = 0;
    await open.update();
    expect(open.progress.filter(({ kind }) => kind === 'indexing')).toEqual([]);
    fs.utimesSync(path.join(open.folder, 'a.txt'), new Date(), new Date(Date.now() + 5000));
    await open.update();
    expect(open.writer.filesOf(1).get('a.txt')).toMatchObject({
      id: before.get('a.txt')?.id,
      firstPassage: before.get('a.txt')?.firstPassage,
    });
    expect(await open.find('alpha')).toEqual(['a.txt:1']);
  });

  it('gives no passage of a file that changed since, until it is read again', async () => {
    const open = openTestIndex();
    writeFiles(open.folder, { 'a.txt': 'the old needle' });
    await open.update();
    writeFiles(open.folder, { 'a.txt': 'something else altogether' });
    expect(await open.find('needle')).toEqual([]);
  });
});

describe('a root that is not there', () => {
  it('keeps what was indexed while it is gone or an empty mount point, and goes on when it is back', async () => {
    const parent = tempFolder();
    const folder = path.join(parent, 'drive');
    writeFiles(folder, { 'a.txt': 'needle' });
    const open = openTestIndex(folder);
    await open.update();
    fs.renameSync(folder, `${folder}-away`);
    expect(await open.update()).toBe('missing');
    expect(await open.update(['a.txt'])).toBe('missing');
    fs.mkdirSync(folder);
    expect(await open.update()).toBe('missing');
    expect(open.files()).toEqual({ 'a.txt': null });
    fs.rmdirSync(folder);
    fs.renameSync(`${folder}-away`, folder);
    expect(await open.update()).toBe('done');
    expect(await open.find('needle')).toEqual(['a.txt:1']);
  });
});
