import { describe, expect, it } from 'vitest';
import { openTestIndex } from '../../builders/knowledge-index.ts';
import { writeFiles } from '../../builders/temp-folder.ts';

const sentences: Readonly<Record<string, string>> = {
  'english.txt': 'The deadlines for the café are strict.',
  'japanese.txt': '私は東京都に住んでいます。猫が好きです。',
  'chinese.txt': '合同的租金每月三号到期。',
  'korean.txt': '임대료는 매월 서울에서 냅니다.',
  'hindi.txt': 'किराया हर महीने की तीसरी तारीख को देय है।',
  'tamil.txt': 'வாடகை ஒவ்வொரு மாதமும் செலுத்த வேண்டும்.',
  'arabic.txt': 'يُدفَعُ الإيجار في اليوم الثالث من كل شهر',
  'thai.txt': 'ค่าเช่าครบกำหนดทุกเดือน',
  'code.ts': 'const rentDueDay = readConfig("rent_due-day");',
};

describe('words of many languages', () => {
  const index = async () => {
    const open = openTestIndex();
    writeFiles(open.folder, sentences);
    await open.update();
    return open;
  };

  it.each([
    ['deadline', 'english.txt'],
    ['DEADLINES', 'english.txt'],
    ['cafe', 'english.txt'],
    ['東京', 'japanese.txt'],
    ['京都に住', 'japanese.txt'],
    ['猫', 'japanese.txt'],
    ['租金', 'chinese.txt'],
    ['서울', 'korean.txt'],
    ['किराया', 'hindi.txt'],
    ['महीने तारीख', 'hindi.txt'],
    ['வாடகை', 'tamil.txt'],
    ['الإيجار', 'arabic.txt'],
    ['يدفع', 'arabic.txt'],
    ['ครบกำหนด', 'thai.txt'],
    ['rent_due-day', 'code.ts'],
    ['"rentDueDay" OR (NEAR', 'code.ts'],
  ])('%s is found in %s', async (query, file) => {
    const { find } = await index();
    expect((await find(query))[0]).toBe(`${file}:1`);
  });

  it.each(['京大', 'महीन', 'xyz', '', '  ', '***', '"', 'AND', '\uE0001'])('%j finds nothing', async (query) => {
    const { find } = await index();
    expect(await find(query)).toEqual([]);
  });

  it('finds by the beginning of the last word while it is typed', async () => {
    const { find } = await index();
    expect(await find('strict dead', true)).toEqual(['english.txt:1']);
    expect(await find('dead')).toEqual([]);
  });
});

describe('the order', () => {
  it('puts rare words before common ones, and words together before words apart', async () => {
    const open = openTestIndex();
    writeFiles(open.folder, {
      'all.txt': 'the zebra and the contract\n',
      'apart.txt': `zebra\n${'filler\n'.repeat(20)}contract\n`,
      'common.txt': 'contract contract contract the the\n',
      'phrase.txt': 'here the zebra contract stands\n',
    });
    await open.update();
    expect(await open.find('zebra contract')).toEqual(['phrase.txt:1', 'all.txt:1', 'apart.txt:1', 'common.txt:1']);
  });

  it('still finds the rare word where the other is in more passages than are looked at', async () => {
    const open = openTestIndex();
    const many = Object.fromEntries(
      Array.from({ length: 60 }, (_, n) => [
        `many/${n}.txt`,
        Array.from({ length: 1600 }, (_, m) => `common ${n} ${m}`).join('\n'),
      ]),
    );
    writeFiles(open.folder, { ...many, 'first.txt': 'common needle' });
    await open.update();
    expect((await open.find('common needle'))[0]).toBe('first.txt:1');
    expect((await open.find('common')).length).toBeGreaterThan(0);
  });

  it('cites the line at which a passage begins', async () => {
    const open = openTestIndex();
    writeFiles(open.folder, { 'long.md': `${'filler words\n'.repeat(100)}the needle\n` });
    await open.update();
    expect(await open.find('needle')).toEqual(['long.md:81']);
  });

  it('shows a text that comes again in several files once', async () => {
    const open = openTestIndex();
    writeFiles(open.folder, { 'a.txt': 'same needle', 'b.txt': 'same needle', 'c.txt': 'another needle' });
    await open.update();
    expect(await open.find('needle')).toHaveLength(2);
  });
});
