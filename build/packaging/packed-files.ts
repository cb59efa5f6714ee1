import type { PackedSystem } from './dummy-electron.ts';

/** For what a package is made. */
export interface PackedTarget {
  readonly system: PackedSystem;
  readonly arch: 'x64' | 'arm64';
}

/** Everything that may be in app.asar besides the SQLite binary; `electron-builder.yml` says the same as globs. */
const allowed: readonly RegExp[] = [
  /^(?:package\.json|LICENSE|NOTICE)$/,
  /^dist\/electron\/(?:main|node-entry|indexer|document-reader|reckoner|engine)\.js$/,
  /^dist\/electron\/preload\.cjs$/,
  /^dist\/electron\/chunks\/[\w.-]+\.js$/,
  /^dist\/renderer\/[\w.-]+\.(?:html|svg|webmanifest)$/,
  /^dist\/renderer\/assets\/[\w.-]+\.(?:js|css|woff2?|ttf|svg|wasm)$/,
  /^dist\/icons\/tray\/(?:windows|linux|macos)\/[\w@.-]+\.png$/,
  /^dist\/icons\/app\/256x256\.png$/,
  /^dist\/licences\.json$/,
  /^resources\/agents\/[\w-]+\.json$/,
  /^resources\/engine\/packages\.json$/,
  /^resources\/help\/[\w-]+\.(?:md|json)$/,
  /^resources\/join\/[\w-]+\.(?:html|css|js)$/,
  /^resources\/models\/catalogue\.json$/,
  /^node_modules\/better-sqlite3\/(?:package\.json|LICENSE)$/,
  /^node_modules\/better-sqlite3\/lib\/[\w/-]+\.js$/,
];

/** What must be there whatever else is. */
const needed: readonly string[] = [
  'package.json',
  'LICENSE',
  'NOTICE',
  'dist/electron/main.js',
  'dist/electron/node-entry.js',
  'dist/electron/indexer.js',
  'dist/electron/document-reader.js',
  'dist/electron/reckoner.js',
  'dist/electron/engine.js',
  'dist/electron/preload.cjs',
  'dist/renderer/index.html',
  'dist/icons/app/256x256.png',
  'dist/licences.json',
  'resources/agents/nunba.json',
  'resources/engine/packages.json',
  'resources/help/first-steps.md',
  'resources/join/join.html',
  'resources/models/catalogue.json',
  'node_modules/better-sqlite3/package.json',
  'node_modules/better-sqlite3/lib/index.js',
];

/** Node's name for a system, as better-sqlite3 names its binaries. */
const platformOf: Readonly<Record<PackedSystem, string>> = { linux: 'linux', win: 'win32', mac: 'darwin' };

/** The SQLite binaries of a target; both processors of macOS, because its app runs on both. */
export function sqliteBinaries({ system, arch }: PackedTarget): readonly string[] {
  const processors = system === 'mac' ? ['arm64', 'x64'] : [arch];
  return processors.map((processor) => `node_modules/better-sqlite3/prebuilds/${platformOf[system]}-${processor}.node`);
}

/** What is wrong with the list of files in an app.asar (`/` between folders, none at the beginning), in sentences. */
export function judgePackedFiles(files: readonly string[], target: PackedTarget): readonly string[] {
  const binaries = sqliteBinaries(target);
  const isAllowed = (file: string): boolean => binaries.includes(file) || allowed.some((pattern) => pattern.test(file));
  return [
    ...files.filter((file) => !isAllowed(file)).map((file) => `${file} does not belong into the package`),
    ...[...needed, ...binaries].filter((file) => !files.includes(file)).map((file) => `${file} is missing`),
  ];
}

/** What must never be shipped, by what it looks like. */
const secrets: readonly { readonly name: string; readonly pattern: RegExp }[] = [
  { name: 'a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----(?:\\[nr]|\s)+[A-Za-z0-9+/]{40}/ },
  { name: 'a key of a model provider', pattern: /\bsk-(?:ant-|proj-)?[A-Za-z0-9_-]{32,}/ },
  { name: 'a key of Google', pattern: /\bAIza[A-Za-z0-9_-]{35}\b/ },
  { name: 'a key of Amazon', pattern: /\bAKIA[A-Z0-9]{16}\b/ },
  { name: 'a token of GitHub', pattern: /\bgh[pousr]_[A-Za-z0-9]{36}\b/ },
  { name: 'a link to a source map', pattern: /^\/\/# sourceMappingURL=/m },
];

/** What in a packed text must not be there. `machinePaths`: folders of the machine that it was built on. */
export function findLeaks(text: string, machinePaths: readonly string[]): readonly string[] {
  return [
    ...secrets.filter(({ pattern }) => pattern.test(text)).map(({ name }) => name),
    ...machinePaths.filter((folder) => text.includes(folder)).map(() => 'a path of the machine it was built on'),
  ];
}
