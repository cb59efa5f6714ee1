import fs from 'node:fs';
import { isBuiltin } from 'node:module';
import path from 'node:path';
import { expect, test } from 'vitest';

const dist = path.join(import.meta.dirname, '../../dist');
const filesOf = (folder: string) => fs.readdirSync(path.join(dist, folder), { recursive: true, encoding: 'utf8' });

test.each(['renderer', 'node-core', 'electron'])(
  'what is shipped of %s holds no source maps and names none',
  (folder) => {
    const scripts = filesOf(folder).filter((file) => /\.c?js$/.test(file));
    expect(scripts).not.toEqual([]);
    expect(filesOf(folder).filter((file) => file.endsWith('.map'))).toEqual([]);
    for (const file of scripts) {
      expect(fs.readFileSync(path.join(dist, folder, file), 'utf8')).not.toMatch(/^\/\/# sourceMappingURL=(?!data:)/m);
    }
  },
);

test('the preload script is one CommonJS file that requires nothing but electron', () => {
  const script = fs.readFileSync(path.join(dist, 'electron/preload.cjs'), 'utf8');
  expect([...script.matchAll(/require\("([^"]+)"\)/g)].map((match) => match[1])).toEqual(['electron']);
  expect(script).not.toMatch(/^(?:import|export)\b/m);
});

test('the node is bundled: it reads no package but the one with a binary of its own', () => {
  const imports = filesOf('node-core')
    .filter((file) => file.endsWith('.js'))
    .flatMap((file) => [
      ...fs
        .readFileSync(path.join(dist, 'node-core', file), 'utf8')
        // Behind a quote it is the text of a program that ajv would write, and with `$` one that PDF.js would for a page.
        .matchAll(/(?<![\w'"`])(?:require|import)\("([^"./$][^"]*)"\)/g),
    ])
    .map((match) => match[1] ?? '')
    .filter((name) => !isBuiltin(name));
  expect([...new Set(imports)]).toEqual(['better-sqlite3']);
});

test.each(['node-core', 'electron'])(
  'the code of %s is ASCII but for notices of licences, so that it is read fast',
  (folder) => {
    const withOthers = filesOf(folder)
      .filter((file) => file.endsWith('.js'))
      .filter((file) =>
        /\P{ASCII}/u.test(fs.readFileSync(path.join(dist, folder, file), 'utf8').replace(/^\/\*!.*\*\/$/gm, '')),
      );
    expect(withOthers).toEqual([]);
  },
);

test.each(['node-core', 'electron'])('%s loads no HTTP/2 before somebody speaks it', (folder) => {
  const loading = filesOf(folder)
    .filter((file) => file.endsWith('.js'))
    .filter((file) =>
      /(?:=|\bfrom|\bimport)\s*(?:\w*require\()?["'`]node:http2/.test(
        fs.readFileSync(path.join(dist, folder, file), 'utf8'),
      ),
    );
  expect(loading).toEqual([]);
});

test('every package that the program is built from is listed with its licence', () => {
  const licences: { name: string; version: string; licence: string }[] = JSON.parse(
    fs.readFileSync(path.join(dist, 'licences.json'), 'utf8'),
  );
  const names = licences.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['better-sqlite3', 'electron', 'fastify', 'react', 'zod']));
  expect(licences.filter(({ licence, version }) => !licence || !version)).toEqual([]);
});
