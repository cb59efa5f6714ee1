import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type CitationSource, citationLabel, findCitations } from '../../../node-core/agents/citations.ts';
import { citationSchema } from '../../../node-core/api/conversation-views.ts';

const id = (last: string) => `01JD0000000000000000000${last}`.padEnd(26, '0');
const attachment = (name: string, text: string, last = 'AAA'): CitationSource => ({
  kind: 'attachment',
  attachmentId: id(last),
  name,
  text,
});
const lease = attachment(
  'lease 2024.txt',
  'LEASE\n\nThe rent is due on the third of each month.\nIt “may” rise once a year,\nby 5 % at most.\nNo dogs — cats are fine.',
);
const code = attachment('app.ts', 'const a = "x";\nconsole.log(a);', 'BBB');
const message: CitationSource = {
  kind: 'message',
  conversationId: id('CCC'),
  messageId: '01JDZK3V7Q8W9X0Y1Z2A3B4C5D',
  text: 'Let us meet at the station.\nAt nine.',
};
const sources = [lease, code, message];
const passage = (name: string, firstLine: number, text: string, page: number | null = null): CitationSource => ({
  kind: 'file',
  path: `/home/me/${name}`,
  name,
  firstLine,
  page,
  text,
});

const rent = 'The rent is due on the third of each month.';
const found: readonly (readonly [name: string, markdown: string, quotation: string, line: number])[] = [
  ['a block that ends with its reference', `> ${rent} [lease 2024.txt:3]`, rent, 3],
  ['a block with marks', `> “${rent}” [lease 2024.txt:3].`, rent, 3],
  ['a block with a dash', `> ${rent} — [lease 2024.txt:3]`, rent, 3],
  ['a reference on the last line of the block', `> ${rent}\n> [lease 2024.txt:3]`, rent, 3],
  ['a reference below the block', `> ${rent}\n\n— [lease 2024.txt:3]`, rent, 3],
  ['a block in a list', `- > ${rent} [lease 2024.txt:3]`, rent, 3],
  ['words in marks', `It says "${rent}" [lease 2024.txt:3], see there.`, rent, 3],
  ['words in typographic marks', `It says “${rent}” ([lease 2024.txt:3]).`, rent, 3],
  ['a part of a line', '„due on the third“ [lease 2024.txt:3]', 'due on the third', 3],
  [
    'a range',
    '> It "may" rise once a year, by 5 % at most. [lease 2024.txt:4-5]',
    'It "may" rise once a year, by 5 % at most.',
    4,
  ],
  ['a range in words', '"once a year, by 5 %" [lease 2024.txt, lines 4 to 5]', 'once a year, by 5 %', 4],
  ['a line in words', '"by 5 % at most" [lease 2024.txt, line 5]', 'by 5 % at most', 5],
  ['a line with L', '"by 5 % at most" [lease 2024.txt#L5]', 'by 5 % at most', 5],
  [
    'other spaces, marks and dashes',
    '> No  dogs - cats are\u00a0fine. [Lease 2024.txt:6]',
    'No  dogs - cats are\u00a0fine.',
    6,
  ],
  ['a name in backticks', '"No dogs" [`lease 2024.txt`:6]', 'No dogs', 6],
  ['marks within marks', 'It says "const a = "x";" [app.ts:1].', 'const a = "x";', 1],
  ['code in backticks', '`console.log(a);` [app.ts:2]', 'console.log(a);', 2],
  ['a message', `> At nine. [message 01JDZK3V7Q8W9X0Y1Z2A3B4C5D:2]`, 'At nine.', 2],
  ['a message by its id alone', `> At nine. [01JDZK3V7Q8W9X0Y1Z2A3B4C5D:2]`, 'At nine.', 2],
  ['a message by the end of its id', `> At nine. [message 3B4C5D:2]`, 'At nine.', 2],
];

const notFound: readonly (readonly [name: string, markdown: string, kind: string])[] = [
  ['other words', '> The rent is due on the fourth. [lease 2024.txt:3]', 'attachment'],
  ['other letters', '> the rent is due [lease 2024.txt:3]', 'attachment'],
  ['the right words one line off', `> ${rent} [lease 2024.txt:4]`, 'attachment'],
  ['a line beyond the end', `> ${rent} [lease 2024.txt:900]`, 'attachment'],
  ['an unknown file', `> ${rent} [lease.txt:3]`, 'unknown'],
  ['an unknown message', `> At nine. [message 01JDZK3V7Q8W9X0Y1Z2A3B4C5E:2]`, 'unknown'],
  ['too few letters of an id', `> At nine. [message 4C5D:2]`, 'unknown'],
  ['line 0', `> LEASE [lease 2024.txt:0]`, 'unknown'],
];

const none: readonly (readonly [name: string, markdown: string])[] = [
  ['no quotation', 'The rent is due on the third [lease 2024.txt:3].'],
  ['a quotation without a reference', `> ${rent}\n\nAnd so on.`],
  ['words between the quotation and the reference', `"${rent}" is what I read in [lease 2024.txt:3]`],
  ['a code fence', `\`\`\`\n> ${rent} [lease 2024.txt:3]\n\`\`\``],
  ['a footnote and a link', '"words" [1] and "words" [here](https://example.org:80)'],
  ['an empty quotation', '"" [lease 2024.txt:3] and " " [lease 2024.txt:3]\n> [lease 2024.txt:3]'],
];

describe('findCitations', () => {
  it.each(found)('finds %s', (_name, markdown, quotation, line) => {
    expect(findCitations(markdown, sources)).toEqual([
      { quotation, source: expect.objectContaining({ line }), isFound: true },
    ]);
  });

  it.each(notFound)('marks %s', (_name, markdown, kind) => {
    expect(findCitations(markdown, sources)).toEqual([
      { quotation: expect.any(String), source: expect.objectContaining({ kind }), isFound: false },
    ]);
  });

  it.each(none)('passes over %s', (_name, markdown) => {
    expect(findCitations(markdown, sources)).toEqual([]);
  });

  it('keeps several in their order, and repeats once', () => {
    const markdown = `First "LEASE" [lease 2024.txt:1] and "No dogs" [lease 2024.txt:6].\n\n> LEASE [lease 2024.txt:1]`;
    expect(findCitations(markdown, sources).map(({ quotation }) => quotation)).toEqual(['LEASE', 'No dogs']);
  });

  it('takes the file that holds the words where two have one name', () => {
    const other = attachment('lease 2024.txt', 'ANOTHER', 'DDD');
    expect(findCitations('> ANOTHER [lease 2024.txt:1]', [lease, other])).toEqual([
      { quotation: 'ANOTHER', source: expect.objectContaining({ attachmentId: id('DDD') }), isFound: true },
    ]);
  });

  it('reads a name that holds brackets', () => {
    const odd = attachment('report[1].txt', 'Sales fell.');
    expect(findCitations('> Sales fell. [report[1].txt:1]', [odd])[0]).toMatchObject({ isFound: true });
  });

  it('keeps at most 100, each as the contract allows', () => {
    const markdown = Array.from(
      { length: 300 },
      (_, n) => `> ${n} ${'word '.repeat(900)} [${'n'.repeat(320)}:${n}]`,
    ).join('\n');
    const citations = findCitations(markdown, sources);
    expect(citations).toHaveLength(100);
    expect(z.array(citationSchema).safeParse(citations).error).toBeUndefined();
  });
});

describe('any answer', () => {
  const pieces = fc.constantFrom(
    '> ',
    '"',
    '“',
    '”',
    '[',
    ']',
    ':',
    '3',
    '-',
    ' ',
    '\n',
    '```',
    "'",
    'lease 2024.txt',
    'message ',
    rent,
  );
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.oneof(pieces, fc.string({ maxLength: 5 })), { maxLength: 300 }).map((parts) => parts.join('')),
  );

  it('never throws and never leaves the contract', () => {
    fc.assert(
      fc.property(anything, anything, (markdown, text) => {
        const citations = findCitations(markdown, [...sources, attachment('a.txt', text)]);
        expect(z.array(citationSchema).max(100).safeParse(citations).error).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it('finds every line of a file that is quoted as asked, and no word that is not in it', () => {
    const line = fc.stringMatching(/^[A-Za-z][A-Za-z0-9 ,.%]{0,60}[a-z]$/);
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), fc.nat(), (lines, pick) => {
        const file = attachment('notes.txt', lines.join('\n'));
        const number = (pick % lines.length) + 1;
        const quote = (words: string) => findCitations(`> ${words} [${citationLabel(file)}:${number}]`, [file]);
        expect(quote(lines[number - 1] ?? '').map(({ isFound }) => isFound)).toEqual([true]);
        expect(quote(`${lines[number - 1]}§`).map(({ isFound }) => isFound)).toEqual([false]);
      }),
    );
  });
});

describe('passages of files', () => {
  const tenancy = [
    passage('flat/lease.txt', 41, 'The rent is due.\nNo dogs.\n'),
    passage('flat/lease.txt', 81, 'Cats are fine.\n'),
  ];
  const cited = (line: string, shown = tenancy) => findCitations(`> ${line}`, shown);

  it.each([
    ['The rent is due. [flat/lease.txt:41]', 41],
    ['No dogs. [flat/lease.txt:42]', 42],
    ['The rent is due. No dogs. [flat/lease.txt:41-42]', 41],
    ['Cats are fine. [flat/lease.txt:81]', 81],
    ['No dogs. [lease.txt:42]', 42],
    ['The rent is due. [flat/lease.txt:35-41]', 35],
  ])('%s stands there', (words, line) => {
    const source = { kind: 'file', path: '/home/me/flat/lease.txt', name: 'flat/lease.txt', line };
    expect(cited(words)).toMatchObject([{ source, isFound: true }]);
  });

  it.each([
    ['one line off', 'No dogs. [flat/lease.txt:41]', 'file'],
    ['lines of the passage instead of the file', 'No dogs. [flat/lease.txt:2]', 'file'],
    ['lines that were not shown', 'No dogs. [flat/lease.txt:1-10]', 'file'],
    ['other words', 'Dogs are fine. [flat/lease.txt:42]', 'file'],
    ['another file', 'No dogs. [house/lease.txt:42]', 'unknown'],
    ['a part of a name', 'No dogs. [ease.txt:42]', 'unknown'],
  ])('does not take %s', (_, words, kind) => {
    expect(cited(words)).toMatchObject([{ source: { kind }, isFound: false }]);
  });

  const report = [
    passage('report.pdf', 1, 'Costs rose by a tenth.\nRents did not.', 1),
    passage('report.pdf', 30, 'Nobody moved out.\nThe roof is\nnew.', 3),
  ];

  it.each([
    ['Rents did not. [report.pdf, page 1]', 2, 1],
    ['The roof is new. [report.pdf, page 3]', 31, 3],
    ['The roof is new. [report.pdf, p. 3]', 31, 3],
    ['Nobody moved out. [report.pdf page 3]', 30, 3],
    ['Nobody moved out. [report.pdf, pages 2-3]', 30, 3],
    ['Nobody moved out. [report.pdf:30]', 30, 3],
    ['Nobody moved out. [report.pdf, page 3, line 30]', 30, 3],
    ['Nobody moved out. [report.pdf, page 3:30]', 30, 3],
  ])('%s stands on its page', (words, line, page) => {
    const source = { kind: 'file', path: '/home/me/report.pdf', name: 'report.pdf', line, page };
    const [citation] = cited(words, report);
    expect(citation).toMatchObject({ source, isFound: true });
    expect(citationSchema.parse(citation)).toEqual(citation);
  });

  it.each([
    ['another page', 'Rents did not. [report.pdf, page 3]', { line: 30, page: 3 }],
    ['a page that was not shown', 'Rents did not. [report.pdf, page 2]', { line: 1, page: 2 }],
    ['a page of a file without pages', 'No dogs. [flat/lease.txt, page 1]', { line: 41, page: 1 }],
  ])('does not take %s', (_, words, place) => {
    expect(cited(words, [...report, ...tenancy])).toMatchObject([{ source: place, isFound: false }]);
  });

  it('does not guess which of two files of one name is meant', () => {
    const two = [...tenancy, passage('house/lease.txt', 41, 'The rent is due.')];
    expect(cited('The rent is due. [lease.txt:41]', two)).toMatchObject([
      { source: { kind: 'unknown' }, isFound: false },
    ]);
  });
});
