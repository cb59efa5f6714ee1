import { describe, expect, test } from 'vitest';
import { decodeBody, kindOf, textOfHtml } from '../../../../node-core/agents/web/page-text.ts';
import { TookTooLong } from '../../../../node-core/platform/timed-call.ts';

const base = new URL('https://example.org/a/b');
const textOf = async (html: string) => (await textOfHtml(html, base)).text;

test.each([
  ['text/html; charset=utf-8', 'html'],
  ['Application/XHTML+XML', 'html'],
  ['text/plain', 'plain'],
  ['text/markdown', 'plain'],
  ['application/json', 'plain'],
  ['application/ld+json', 'plain'],
  ['application/atom+xml', 'plain'],
  [null, 'plain'],
  ['application/pdf', null],
  ['image/png', null],
  ['application/octet-stream', null],
  ['video/mp4', null],
  ['', null],
])('%j is read as %j', (type, kind) => {
  expect(kindOf(type)).toBe(kind);
});

describe('character sets', () => {
  const utf8 = new TextEncoder();
  test.each([
    ['its header', Uint8Array.of(0xfc), 'text/plain; charset=ISO-8859-1', 'ü'],
    ['its header, quoted', Uint8Array.of(0x82, 0xa0), 'text/plain; charset="Shift_JIS"', 'あ'],
    ['its mark before its header', Uint8Array.of(0xff, 0xfe, 0x41, 0), 'text/plain; charset=utf-8', 'A'],
    ['its own declaration', utf8.encode('<meta charset=windows-1251>'), null, '<meta charset=windows-1251>'],
    ['UTF-8 if nothing is said', utf8.encode('नमस्ते'), null, 'नमस्ते'],
    ['UTF-8, cut within a character', utf8.encode('aü').subarray(0, 2), null, 'a'],
    ['Windows-1252 if it is not that', Uint8Array.of(0x93, 0x61, 0x94), 'text/html', '“a”'],
    ['UTF-8 if the set is unknown', utf8.encode('ü'), 'text/plain; charset=klingon', 'ü'],
  ])('%s', (_how, bytes, type, text) => {
    expect(decodeBody(bytes, type)).toBe(text);
  });

  test('a declaration counts for what follows it', () => {
    const bytes = Buffer.concat([Buffer.from('<meta charset="windows-1251">'), Buffer.of(0xcf, 0xf0)]);
    expect(decodeBody(bytes, 'text/html')).toBe('<meta charset="windows-1251">Пр');
  });
});

describe('HTML as a person would read it', () => {
  test.each([
    ['<h1>Big</h1><p>One\n two</p><p>Three</p>', 'Big\n\nOne two\n\nThree'],
    ['<p>See <a href="../c?d#e">the c</a>.</p>', 'See [the c](https://example.org/c?d#e).'],
    ['<base href="https://other.example/x/"><a href="y">z</a>', '[z](https://other.example/x/y)'],
    ['<a href="#top">up</a> <a href="javascript:alert(1)">js</a> <a href="data:,x">d</a> <a>n</a>', 'up js d n'],
    ['<a href="mailto:a@example.org">write</a>', '[write](mailto:a@example.org)'],
    ['<img src="x.png" alt="a cat"><img src="y.png">', '[picture: a cat]'],
    ['<ul><li>a<li>b</ul>', '* a\n * b'],
    ['<table><tr><th>k<th>v</tr><tr><td>1<td>2</tr></table>', 'k | v |\n1 | 2 |'],
    ['<pre>a\n  b</pre>', 'a\n  b'],
    ['<p>&lt;b&gt; &amp; &euro; &#x1F600;</p>', '<b> & € 😀'],
    ['a<script>x</script><style>y</style><template>z</template><noscript>n</noscript><!-- c -->b', 'ab'],
    ['a<p hidden>x</p><div style="color:red; Display:None">y</div><b style="visibility: hidden">z</b>b', 'ab'],
    ['<svg><text>s</text></svg><iframe>f</iframe><select><option>o</select>a', 'a'],
    ['plain', 'plain'],
    ['', ''],
  ])('%j', async (html, text) => {
    expect(await textOf(html)).toBe(text);
  });

  test('a title is one short line', async () => {
    const { title } = await textOfHtml(`<title lang="en"> A &amp;\n B &#39;x&#39; ${'y'.repeat(400)}</title>`, base);
    expect(title).toMatch(/^A & B 'x' y+$/);
    expect(title).toHaveLength(300);
  });

  test('a page that is made to be slow is broken off', async () => {
    await expect(textOf('<div>'.repeat(600_000))).rejects.toThrow(TookTooLong);
    expect(await textOf(`${'<div>'.repeat(1000)}x`)).toBe('…');
    expect(await textOf('<title '.repeat(100_000))).toBe('');
  });
});
