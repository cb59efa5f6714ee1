import fs from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type DocumentBounds, DocumentReader } from '../../../node-core/agents/knowledge/documents/document-reader.ts';
import { type DocumentText, documentLimits } from '../../../node-core/agents/knowledge/documents/document-text.ts';
import { textOfPdf } from '../../../node-core/agents/knowledge/documents/pdf-text.ts';
import { openIndex } from '../../../node-core/agents/knowledge/index/index-file.ts';
import { searchIndex } from '../../../node-core/agents/knowledge/index/search-index.ts';
import { readLines } from '../../../node-core/agents/knowledge/indexing/read-lines.ts';
import { openTestIndex, passageCounts, type TestIndex, withoutDocuments } from '../../builders/knowledge-index.ts';
import { docxBytes } from '../../builders/office-bytes.ts';
import { pdfBytes } from '../../builders/pdf-bytes.ts';
import { writeFiles } from '../../builders/temp-folder.ts';

const report = pdfBytes([['The rent is due', 'on the third.'], [], ['No dogs (at all).', 'A small café is fine.']]);

function startReader(bounds?: DocumentBounds): (bytes: Uint8Array) => Promise<DocumentText> {
  const reader = new DocumentReader(bounds);
  onTestFinished(() => reader.close());
  return (bytes) => reader.read('pdf', new Uint8Array(bytes), new AbortController().signal);
}

const trouble = (kind: string) => ({ kind: 'trouble', trouble: kind });
/** A page whose content, once it is unpacked, is a text of so many bytes. */
const packed = (megabytes: number): Buffer => {
  const text = Buffer.concat([
    Buffer.from('BT /F1 12 Tf '),
    Buffer.alloc(megabytes * 1024 * 1024, '(endless words) Tj '),
  ]);
  return pdfBytes([['x']], { content: { dictionary: '/Filter/FlateDecode', stream: zlib.deflateSync(text) } });
};
const locked = pdfBytes([['secret']], {
  trailer: `/Encrypt 6 0 R/ID[<${'0a'.repeat(16)}><${'0a'.repeat(16)}>]`,
  extra: [{ dictionary: `/Filter/Standard/V 1/R 2/P -4/O<${'11'.repeat(32)}>/U<${'22'.repeat(32)}>` }],
});

describe('the reader of documents', () => {
  it('reads the text of a PDF line by line, and says where its pages begin', async () => {
    expect(await startReader()(report)).toEqual({
      kind: 'text',
      lines: ['The rent is due', 'on the third.', 'No dogs (at all).', 'A small café is fine.'],
      pages: [1, 3, 3],
    });
  });

  it.each([
    [
      ['The land-', 'lord pays.'],
      ['The landlord', 'pays.'],
    ],
    [['The land-', 'lord'], ['The landlord']],
    [
      ['The ten-', 'ants and the land-', 'lord pay.'],
      ['The tenants', 'and the landlord', 'pay.'],
    ],
    [
      ['Up- and down-', 'and backwards'],
      ['Up- and down-', 'and backwards'],
    ],
    [
      ['The rent of 2-', 'bed flats'],
      ['The rent of 2-', 'bed flats'],
    ],
    [
      ['Rent-', 'Index'],
      ['Rent-', 'Index'],
    ],
  ])('puts words together that a line has broken: %j', async (shown, read) => {
    expect(await textOfPdf(new Uint8Array(pdfBytes([shown])))).toMatchObject({ lines: read });
  });

  it.each([
    ['an empty file', Buffer.alloc(0), 'damaged'],
    ['text of another kind', Buffer.from('The rent is due.'), 'damaged'],
    ['a beginning alone', Buffer.from('%PDF-1.7'), 'damaged'],
    ['the first half', report.subarray(0, report.length / 2), 'damaged'],
    ['pages without text', pdfBytes([[], []]), 'no-text'],
    ['pages that want a password', locked, 'locked'],
    ['more pages than are read', pdfBytes(Array.from({ length: documentLimits.pages + 1 }, () => [])), 'too-long'],
  ])('says why it reads nothing of %s', async (_, bytes, wanted) => {
    const read = startReader();
    expect(await read(bytes)).toEqual(trouble(wanted));
    expect(await read(report)).toMatchObject({ kind: 'text' });
  });

  it('ends what takes too long or wants too much memory, and reads the next one', async () => {
    const patient = startReader({ ms: 60_000, memory: 50 * 1024 * 1024 });
    expect(await patient(packed(150))).toEqual(trouble('too-long'));
    const hasty = startReader({ ms: 300, memory: documentLimits.memory });
    expect(await hasty(packed(150))).toEqual(trouble('too-long'));
    const read = startReader();
    expect(await read(report)).toMatchObject({ kind: 'text' });
  });

  it('stops at once when it is told to', async () => {
    const reader = new DocumentReader();
    onTestFinished(() => reader.close());
    const stop = new AbortController();
    const read = reader.read('pdf', new Uint8Array(packed(150)), stop.signal);
    stop.abort(new Error('stopped'));
    await expect(read).rejects.toThrow('stopped');
  });
});

const indexOf = async (files: Readonly<Record<string, Buffer>>): Promise<TestIndex> => {
  const index = openTestIndex();
  for (const [name, bytes] of Object.entries(files)) fs.writeFileSync(path.join(index.folder, name), bytes);
  await index.update();
  return index;
};

const search = ({ file, folder }: TestIndex, query: string) =>
  searchIndex(file.reading, { roots: new Map([['R', folder]]), query, limit: 10, isTyping: false, near: [] });

const lines = ({ file, folder }: TestIndex, from: number, name = 'report.pdf') =>
  readLines(file.reading, folder, { rootId: 'R', path: name, from, count: 10 });

describe('a document in the index', () => {
  it('is found with its page, and its text is shown from there', async () => {
    const index = await indexOf({ 'report.pdf': report, 'scan.pdf': pdfBytes([[]]), 'locked.pdf': locked });
    expect(index.files()).toEqual({ 'report.pdf': null, 'scan.pdf': 'no-text', 'locked.pdf': 'locked' });
    expect(await search(index, 'café dogs')).toEqual([
      {
        ...{ rootId: 'R', path: 'report.pdf', name: 'report.pdf', line: 3, page: 3 },
        text: 'No dogs (at all).\nA small café is fine.',
      },
    ]);
    expect(await lines(index, 2)).toMatchObject({
      lines: ['on the third.', 'No dogs (at all).', 'A small café is fine.'],
      isDocument: true,
      isChanged: false,
      pages: [
        { page: 1, line: 2 },
        { page: 3, line: 3 },
      ],
    });
  });

  it('has lines alone where it has no pages', async () => {
    const index = await indexOf({ 'letter.docx': docxBytes(['Dear tenant,', 'the rent is due.']) });
    expect(await search(index, 'rent')).toMatchObject([
      { name: 'letter.docx', line: 1, page: null, text: 'Dear tenant,\nthe rent is due.' },
    ]);
    expect(await lines(index, 2, 'letter.docx')).toMatchObject({
      lines: ['the rent is due.'],
      isDocument: true,
      pages: [],
    });
  });

  it('is read anew when it was changed, renamed without that, and forgotten when it is gone', async () => {
    const index = await indexOf({ 'report.pdf': report });
    const file = path.join(index.folder, 'report.pdf');
    fs.writeFileSync(file, pdfBytes([['Cats are fine.']]));
    fs.utimesSync(file, 1_000_000, 1_000_000);
    expect(await search(index, 'rent')).toEqual([]);
    expect(await lines(index, 1)).toMatchObject({ lines: expect.arrayContaining(['on the third.']), isChanged: true });
    await index.update();
    expect(await index.find('rent')).toEqual([]);
    expect(await index.find('cats')).toEqual(['report.pdf:1']);

    fs.renameSync(file, path.join(index.folder, 'cats.pdf'));
    await index.update();
    expect(await index.find('cats')).toEqual(['cats.pdf:1']);
    fs.rmSync(path.join(index.folder, 'cats.pdf'));
    expect(await lines(index, 1, 'cats.pdf')).toBeNull();
    writeFiles(index.folder, { 'other.txt': 'No more.' });
    await index.update();
    expect(await index.find('cats')).toEqual([]);
    expect(index.file.reading.prepare('SELECT count(*) FROM documents').pluck().get()).toBe(0);
    expect(passageCounts(index)).toEqual([1, 1, 1]);
  });

  it('is looked at again where an older Nunba passed it over, and nothing else is', async () => {
    const index = await indexOf({ 'a.txt': Buffer.from('needle'), 'report.pdf': report, 'photo.png': report });
    const { file } = index.file;
    index.file.writing.exec("UPDATE files SET form = 'skipped', reason = 'document' WHERE path = 'report.pdf'");
    withoutDocuments(index.file);
    index.file.close();
    const carried = openIndex(file);
    onTestFinished(() => carried.close());
    expect(carried.isNew).toBeNull();
    const kept = carried.reading.prepare('SELECT path, form FROM files ORDER BY path').all();
    expect(kept).toEqual([
      { path: 'a.txt', form: 'plain' },
      { path: 'photo.png', form: 'skipped' },
    ]);
  });
});
