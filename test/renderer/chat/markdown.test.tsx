import { waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { FormattedText } from '../../../renderer/features/chat/markdown/formatted-text.tsx';
import { renderScreen } from '../../builders/render-screen.tsx';
import { createFakeClient } from '../../doubles/client.ts';

const render = (text: string, isWriting = false): HTMLElement =>
  renderScreen(<FormattedText text={text} isWriting={isWriting} />, createFakeClient()).container;

test('HTML of an answer is shown as text and becomes no element', () => {
  const page = render(
    'before <img src="https://evil.example/x.png" onerror="alert(1)"> <b>bold</b>\n\n<script>alert(1)</script>',
  );
  expect(page.querySelector('img, b, script')).toBeNull();
  expect(page.textContent).toContain('<script>alert(1)</script>');
});

test('a picture is named, linked and not loaded', () => {
  const page = render('![a cat](https://evil.example/cat.png?id=1)');
  expect(page.querySelector('img')).toBeNull();
  expect(page.innerHTML).not.toContain('src=');
  expect(page.querySelector('a')?.textContent).toBe('a cat (not loaded)');
});

test('links open outside and hand nothing over', () => {
  const link = render('[the page](https://example.org/a)').querySelector('a');
  expect(link?.getAttribute('href')).toBe('https://example.org/a');
  expect(link?.getAttribute('target')).toBe('_blank');
  expect(link?.getAttribute('rel')).toBe('noopener noreferrer');
});

test.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', '/session'])(
  'a link to %s is text',
  (url) => {
    const page = render(`[press me](${url})`);
    expect(page.querySelector('a')).toBeNull();
    expect(page.textContent).toContain('press me');
  },
);

test('what is still being written reads as if it were closed', () => {
  const page = render('Some **bold wor', true);
  expect(page.querySelector('strong')?.textContent).toBe('bold wor');
});

test('code has its language and its text', () => {
  const page = render('```ts\nconst a = 1;\n```');
  expect(page.querySelector('figcaption')?.textContent).toContain('ts');
  expect(page.querySelector('pre')?.textContent).toBe('const a = 1;');
});

test('headings stand below that of the answer', () => {
  const page = render('# One\n\n#### Four');
  expect([...page.querySelectorAll('h1, h2, h3, h4')].map(({ tagName }) => tagName)).toEqual(['H3', 'H4']);
});

test('a formula becomes MathML', async () => {
  const page = render('So \\(x^2\\) it is');
  await waitFor(() => expect(page.querySelector('math msup')).not.toBeNull(), { timeout: 15_000 });
  expect(page.innerHTML).not.toContain('katex-html');
});
