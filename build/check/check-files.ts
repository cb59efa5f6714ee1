import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sourceFiles } from './source-files.ts';

const mostLines = 300;
/** A file may be longer when its first lines say why, in these words. */
const longerBecause = /longer than 300 lines because /i;
const firstLines = 15;
/** Files that are data, not text to read. */
const binary = /\.(?:png|jpe?g|webp|ico|icns|woff2?|zip|gz|db)$/;

/** Code files that hold more than a reader keeps in mind, one sentence each. */
export function findLongFiles(root: string): readonly string[] {
  return sourceFiles(root).flatMap((file) => {
    const lines = fs.readFileSync(path.join(root, file), 'utf8').split('\n');
    if (lines.at(-1) === '') lines.pop();
    if (lines.length <= mostLines || longerBecause.test(lines.slice(0, firstLines).join('\n'))) return [];
    return [`${file}: ${lines.length} lines; split it by idea (at most ${mostLines})`];
  });
}

/** What tells of one machine or of where its packages came from, and must not be in the repository. */
export function findTraces(root: string, files: readonly string[] = trackedFiles(root)): readonly string[] {
  const patterns = tracePatterns(root, os.homedir());
  return files
    .filter((file) => !binary.test(file))
    .flatMap((file) => {
      const text = fs.readFileSync(path.join(root, file), 'utf8');
      return patterns.flatMap(({ name, pattern }) => {
        const index = text.search(pattern);
        return index < 0 ? [] : [`${file}:${text.slice(0, index).split('\n').length}: ${name}`];
      });
    });
}

function tracePatterns(root: string, home: string): readonly { name: string; pattern: RegExp }[] {
  const folders = [root, home].filter((folder) => folder.split(path.sep).filter(Boolean).length >= 2);
  return [
    ...folders.map((folder) => ({
      name: 'a path of this machine',
      pattern: new RegExp(`${literal(folder)}(?![\\w.-])`),
    })),
    { name: 'the address a package came from', pattern: /"resolved":\s*"https?:/ },
    { name: 'a registry', pattern: /^\s*(?:@[\w-]+:)?registry\s*=|https?:\/\/[\w.-]*\bregistry\.[\w.-]+/m },
  ];
}

/** What git has or would take. */
function trackedFiles(root: string): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  return listed.split('\0').filter((file) => file && fs.existsSync(path.join(root, file)));
}

function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
