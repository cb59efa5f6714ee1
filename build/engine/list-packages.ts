import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { z } from 'zod';

/**
 * Writes `resources/engine/packages.json` anew: `node build/engine/list-packages.ts 3.21.1`. What the engine needs is seen by
 * running it: packages that it only has for building llama.cpp are not in the list. Fetches several hundred megabytes.
 */
const root = path.join(import.meta.dirname, '..', '..');

/** Processors and systems that Nunba runs on, by the names of the engine's binaries. */
const binaryNames = [
  'linux-x64',
  'linux-x64-vulkan',
  'linux-x64-cuda',
  'linux-x64-cuda-ext',
  'linux-arm64',
  'mac-arm64-metal',
  'mac-x64',
  'win-x64',
  'win-x64-vulkan',
  'win-x64-cuda',
  'win-x64-cuda-ext',
  'win-arm64',
];
const binaryPrefix = 'node_modules/@node-llama-cpp/';

const lockSchema = z.object({
  packages: z.record(z.string(), z.object({ version: z.string().optional(), integrity: z.string().optional() })),
});
const packedSchema = z.array(
  z.object({ name: z.string(), version: z.string(), size: z.number(), integrity: z.string() }),
);

/** Package of a path in `node_modules`. */
const nameOf = (place: string): string => place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);

function list(version: string): void {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'engine-packages-'));
  try {
    const manifest = { name: 'engine', private: true, dependencies: { 'node-llama-cpp': version } };
    fs.writeFileSync(path.join(folder, 'package.json'), JSON.stringify(manifest));
    const inFolder = { cwd: folder, encoding: 'utf8' } as const;
    execFileSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], inFolder);
    const lock = lockSchema.parse(JSON.parse(fs.readFileSync(path.join(folder, 'package-lock.json'), 'utf8')));
    const trace = path.join(import.meta.dirname, 'trace-loaded.mjs');
    const loaded = z.array(z.string()).parse(JSON.parse(execFileSync(process.execPath, [trace], inFolder)));
    const common = loaded
      .map((place) => path.relative(fs.realpathSync(folder), place).split(path.sep).join('/'))
      .filter((place) => !place.startsWith(binaryPrefix));
    const places = [...common.sort(), ...binaryNames.map((name) => `${binaryPrefix}${name}`)];
    const versions = places.map((place) => lock.packages[place]?.version ?? version);
    const packed = pack(
      places.map((place, index) => `${nameOf(place)}@${versions[index]}`),
      folder,
    );
    const packages = packed.map(({ name, version: packedVersion, integrity, size }, index) => {
      const locked = lock.packages[places[index] ?? '']?.integrity;
      if (locked !== undefined && locked !== integrity) throw new Error(`${name} is not what the lock file says`);
      return { name, version: packedVersion, path: places[index], integrity, sizeBytes: size };
    });
    const file = path.join(root, 'resources', 'engine', 'packages.json');
    fs.writeFileSync(file, `${JSON.stringify({ version, packages }, null, 2)}\n`);
    console.log(`${packages.length} packages in ${file}`);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Fetches packages as npm does, because only their own files tell how large they are. */
function pack(specs: readonly string[], folder: string): z.infer<typeof packedSchema> {
  const args = ['pack', ...specs, '--json', '--ignore-scripts', '--pack-destination', folder];
  const output = execFileSync('npm', args, { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  const packed = packedSchema.parse(JSON.parse(output));
  if (packed.length !== specs.length) throw new Error('npm packed other packages than it was asked for');
  return packed;
}

const [version] = process.argv.slice(2);
if (version === undefined) throw new Error('name a version of node-llama-cpp');
list(version);
