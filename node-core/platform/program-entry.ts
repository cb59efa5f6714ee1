import fs from 'node:fs';
import path from 'node:path';

/** Absolute path of an entry of the program: `<name>.ts` beside this folder, or `<name>.js` beside what was built. */
export function programEntry(name: string): string {
  const here = import.meta.dirname;
  if (import.meta.filename.endsWith('.ts')) return path.join(here, `../${name}.ts`);
  const built = [path.join(here, `${name}.js`), path.join(here, `../${name}.js`)];
  const found = built.find((file) => fs.existsSync(file));
  if (found === undefined) throw new Error(`the part ${name} is not built`);
  return found;
}
