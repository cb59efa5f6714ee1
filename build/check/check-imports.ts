import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { cruise, type ICruiseOptions } from 'dependency-cruiser';
import { importRules } from '../import-rules.ts';
import { findImports } from './find-imports.ts';
import { sourceFiles } from './source-files.ts';

/**
 * Who imports what it must not, one sentence each, by the table of `import-rules.ts`.
 *
 * dependency-cruiser parses TypeScript with the compiler's API, which TypeScript 7 does not offer. So it is shown a
 * picture of the checkout instead: beside each file's name, with `.js` after it, nothing but its imports, those of types
 * among them.
 */
export async function checkImports(root: string): Promise<readonly string[]> {
  const mirror = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'nunba-imports-'));
  try {
    for (const file of sourceFiles(root)) writeSkeleton(root, mirror, file);
    const options: ICruiseOptions = { baseDir: mirror, validate: true, ruleSet: importRules };
    const { output } = await cruise(['.'], options);
    if (typeof output === 'string') throw new Error(output);
    return output.summary.violations.map((violation) => {
      const way = 'cycle' in violation ? (violation.cycle ?? []).map((step) => step.name).join(' -> ') : violation.to;
      return `${plain(violation.from)} -> ${plain(way)}: ${violation.rule.name}`;
    });
  } finally {
    fs.rmSync(mirror, { recursive: true, force: true });
  }
}

function writeSkeleton(root: string, mirror: string, file: string): void {
  const imports = findImports(file, fs.readFileSync(path.join(root, file), 'utf8'));
  const lines = imports.flatMap((specifier) => skeletonImport(specifier) ?? []);
  const to = path.join(mirror, `${file}.js`);
  fs.mkdirSync(path.dirname(to), { recursive: true });
  fs.writeFileSync(to, lines.join(''));
}

/** An import as the picture holds it, or `null` for what is no code (styles, pictures). */
function skeletonImport(specifier: string): string | null {
  if (!specifier.startsWith('.')) return `import ${JSON.stringify(specifier)};\n`;
  return /\.[cm]?[jt]sx?$/.test(specifier) ? `import ${JSON.stringify(`${specifier}.js`)};\n` : null;
}

function plain(text: string): string {
  return text.replaceAll(/(\.[cm]?[jt]sx?)\.js\b/g, '$1');
}
