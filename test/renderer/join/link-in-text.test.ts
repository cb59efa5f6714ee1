import { expect, test } from 'vitest';
import { linkInText } from '../../../renderer/features/join/link-in-text.ts';

const fields = `at=https%3A%2F%2Fhive.example&anchor=${'a'.repeat(64)}&tier=regional&name=Lake+side`;
const link = `nunba://join?${fields}`;
const page = `https://hive.example/join#${fields}`;

test.each([
  [link, link],
  [` ${link}\n`, link],
  [page, page],
  [`Come and join us: <${link}>\nAnna`, link],
  [`“${page}” is where to go`, page],
])('%j holds a link', (text, expected) => {
  expect(linkInText(text)).toBe(expected);
});

test.each([
  '',
  'hello',
  'nunba://new?text=x',
  'nunba://join?at=https://hive.example',
  'https://hive.example/join',
  `http://hive.example/join?${fields}`,
  `nunba://join?${fields}&at=https://other.example`,
])('%j holds none', (text) => {
  expect(linkInText(text)).toBeNull();
});
