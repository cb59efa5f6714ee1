import { expect, test } from 'vitest';
import { safeUrl } from '../../../renderer/features/chat/markdown/safe-url.ts';

test.each([
  ['https://example.org/a?b=c', 'https://example.org/a?b=c'],
  ['http://example.org', 'http://example.org/'],
  ['mailto:someone@example.org', 'mailto:someone@example.org'],
  ['javascript:alert(1)', null],
  ['JaVaScRiPt:alert(1)', null],
  ['data:text/html,<script>', null],
  ['file:///etc/passwd', null],
  ['nunba://join?at=x', null],
  ['/rpc', null],
  ['#token=x', null],
])('%s becomes %s', (url, expected) => {
  expect(safeUrl(url)).toBe(expected);
});
