import { expect, test } from 'vitest';
import { linkInText } from '../../../renderer/features/join/link-in-text.ts';

const fields = `at=https%3A%2F%2Fhive.example&anchor=${'a'.repeat(64)}&tier=regional&name=Lake+side`;
const link = `nunba://join?${fields}`;
/** Ends with a part that a full stop would break. */
const whole = `${link}&tls=${'b'.repeat(64)}`;
const page = `https://hive.example/join#${fields}`;

test.each([
  [link, link],
  [` ${link}\n`, link],
  [page, page],
  [`Come and join us: <${link}>\nAnna`, link],
  [`“${page}” is where to go`, page],
  ...['.', ',', ')', ';', ':', '!', '?', "'", '’', '».', '"', ').'].map((end) => [`Join by ${link}${end} Anna`, link]),
  [`${whole}.`, whole],
  [`HTTPS://Hive.example/join#${fields}`, `HTTPS://Hive.example/join#${fields}`],
  [`See Https://Hive.example/join?utm=x#${fields}, all of you`, `Https://Hive.example/join?utm=x#${fields}`],
  [`https://hive.example/join?utm=x#${fields}`, `https://hive.example/join?utm=x#${fields}`],
  [`https:hive.example/join#${fields}`, `https:hive.example/join#${fields}`],
  [`${page} see you there`, page],
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
