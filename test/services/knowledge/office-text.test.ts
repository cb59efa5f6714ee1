import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textOfDocx, textOfOdt } from '../../../node-core/agents/knowledge/documents/office-text.ts';
import { docxBytes, docxParts, wordPart, wordRun } from '../../builders/office-bytes.ts';
import { packedZip, storedZip } from '../../builders/stored-zip.ts';

const letter = docxBytes(['The rent is due on the third.', 'No dogs &amp; no cats.']);
const text = (...lines: readonly string[]) => ({ kind: 'text', lines, pages: [] });
const trouble = (kind: string) => ({ kind: 'trouble', trouble: kind });
const cell = (inner: string): string => `<w:tc><w:tcPr/><w:p>${wordRun(inner)}</w:p></w:tc>`;

const markup: readonly (readonly [name: string, inner: string, lines: readonly string[]])[] = [
  ['runs of one paragraph', wordRun('The re') + wordRun('nt is due.'), ['The rent is due.']],
  ['a tab and breaks', `${wordRun('a')}<w:r><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>`, ['a\tb', 'c']],
  ['tab stops, which are no tabs', `<w:pPr><w:tabs><w:tab w:pos="9"/></w:tabs></w:pPr>${wordRun('a')}`, ['a']],
  ['what was deleted', `${wordRun('a')}<w:del><w:r><w:delText>b</w:delText></w:r></w:del>`, ['a']],
  ['what was moved away', `${wordRun('a')}<w:moveFrom>${wordRun('b')}</w:moveFrom>`, ['a']],
  ['what a field computes from', `<w:r><w:instrText>DATE</w:instrText></w:r>${wordRun('3 May')}`, ['3 May']],
  [
    'a text box, which stands there twice',
    `<w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p>${wordRun('box')}</w:p></w:txbxContent></mc:Choice>` +
      `<mc:Fallback><w:txbxContent><w:p>${wordRun('box')}</w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>${wordRun('around')}`,
    ['box', 'around'],
  ],
];

describe('the text of a Word document', () => {
  it('is that of its paragraphs, packed or not', () => {
    const lines = ['The rent is due on the third.', 'No dogs & no cats.'];
    expect(textOfDocx(letter)).toEqual(text(...lines));
    expect(textOfDocx(packedZip(docxParts(['', '', wordRun('a'), '', '', wordRun('b')])))).toEqual(text('a', '', 'b'));
  });

  it.each(markup)('reads %s', (_, inner, lines) => {
    expect(textOfDocx(storedZip(docxParts([inner])))).toEqual(text(...lines));
  });

  it('has a line for each row of a table, and the notes at its end', () => {
    const parts = {
      'word/document2.xml': wordPart('document', `<w:tbl><w:tr>${cell('Rent')}${cell('900')}</w:tr></w:tbl>`),
      'word/footnotes.xml': wordPart('footnotes', `<w:footnote><w:p>${wordRun('A note.')}</w:p></w:footnote>`),
    };
    expect(textOfDocx(storedZip(parts))).toEqual(text('Rent | 900', 'A note.'));
  });

  it('is cut into lines where a paragraph is long, at spaces and not within a character', () => {
    const read = textOfDocx(docxBytes([`${'word '.repeat(300)}end`, '😀'.repeat(600)]));
    const lines = read.kind === 'text' ? read.lines : [];
    expect(lines.every((line) => line.length <= 1000 && line.isWellFormed())).toBe(true);
    expect(lines.slice(0, 2).join(' ')).toBe(`${'word '.repeat(300)}end`);
    expect(lines.slice(2).join('')).toBe('😀'.repeat(600));
  });
});

describe('the text of an OpenDocument text', () => {
  const odt = (inner: string) =>
    textOfOdt(
      storedZip({ mimetype: '', 'content.xml': `<office:document-content>${inner}</office:document-content>` }),
    );

  it('is that of its headings, paragraphs and rows, without what was deleted or remarked', () => {
    const inner =
      '<text:tracked-changes><text:p>old</text:p></text:tracked-changes><text:h>Rules</text:h>' +
      '<text:p>No<text:s text:c="2"/>dogs<office:annotation><text:p>why?</text:p></office:annotation> <text:span>here</text:span>.</text:p>' +
      '<table:table-row><table:table-cell><text:p>Rent</text:p></table:table-cell><table:table-cell><text:p>900</text:p></table:table-cell></table:table-row>';
    expect(odt(inner)).toEqual(text('Rules', 'No  dogs here.', 'Rent | 900'));
  });

  it('is not read where it wants a password', () => {
    const manifest = '<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>';
    expect(textOfOdt(storedZip({ 'META-INF/manifest.xml': manifest, 'content.xml': 'x' }))).toEqual(trouble('locked'));
  });
});

/** The format in which Word keeps what has a password; also that of documents before 2007. */
const compound = (inner: string): Buffer =>
  Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600), Buffer.from(inner, 'utf16le')]);
const flagged = Buffer.from(letter);
const central = flagged.lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]));
flagged.writeUInt16LE(1, central + 8);
const otherText = Buffer.from(letter);
otherText.write('X', letter.indexOf('rent'));

describe('a Word document that is not read', () => {
  it.each([
    ['an empty file', Buffer.alloc(0), 'damaged'],
    ['text of another kind', Buffer.from('The rent is due.'), 'damaged'],
    ['an archive of something else', storedZip({ 'a.txt': 'The rent is due.' }), 'damaged'],
    ['the first half', letter.subarray(0, letter.length / 2), 'damaged'],
    ['other letters than were packed', otherText, 'damaged'],
    ['no text', docxBytes(['', ' ']), 'no-text'],
    ['one that wants a password', compound('EncryptedPackage'), 'locked'],
    ['one of an older Word', compound('WordDocument'), 'damaged'],
    ['an archive that wants a password', flagged, 'locked'],
    ['what grows beyond all measure', packedZip(docxParts([' '.repeat(101 * 1024 * 1024)])), 'too-long'],
    ['more text than is read', docxBytes(Array.from({ length: 600 }, () => 'word '.repeat(2000))), 'too-long'],
  ])('says why: %s', (_, bytes, wanted) => {
    expect(textOfDocx(bytes)).toEqual(trouble(wanted));
  });

  it('never throws, whichever bytes are others', () => {
    const change = fc.tuple(fc.nat(letter.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 8 }), (changes) => {
        const bytes = Buffer.from(letter);
        for (const [at, value] of changes) bytes[at] = value;
        expect(['text', 'trouble']).toContain(textOfDocx(bytes).kind);
      }),
      { numRuns: 300 },
    );
  });
});
