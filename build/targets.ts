import path from 'node:path';
import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import type { BuildOptions, InlineConfig, Plugin } from 'vite';
import type { UpdateFeed } from './release/update-feed.ts';

/** One thing that the build makes, below `dist/<folder>`. */
export interface Target {
  /** Below `dist`. Two targets may share a folder. */
  readonly folder: string;
  readonly config: InlineConfig;
}

/** The oldest Node that can run the result; toolchain as in `pinned-node.mjs`. */
const nodeVersion = 'node22';
/** Modules that stay outside: the one with a binary of its own, and the runtime. */
export const externalModules = ['better-sqlite3', 'electron'];

/** Each target lists in this file, in its folder, what it is built from. */
export const licencesFile = 'licences.json';

/** What `npm run build` makes of the checkout at `root`, each below `outFolder`. */
export function createTargets(root: string, outFolder: string, updates: UpdateFeed): readonly Target[] {
  const at = (file: string): string => path.join(root, file);
  const into = (folder: string): string => path.join(outFolder, folder);
  return [
    {
      folder: 'renderer',
      config: {
        ...common(at('renderer')),
        plugins: [react(), tailwindcss()],
        // As modules, so that the worker that colours code loads only the languages it meets.
        worker: { format: 'es' },
        build: {
          ...commonBuild(into('renderer')),
          // Every browser that can show the page preloads modules by itself.
          modulePreload: { polyfill: false },
          chunkSizeWarningLimit: 4_000,
        },
      },
    },
    {
      folder: 'node-core',
      config: {
        ...nodeConfig(root, into('node-core'), 'cjs', {
          main: at('node-core/main.ts'),
          steward: at('node-core/steward.ts'),
          signer: at('node-core/signer.ts'),
          indexer: at('node-core/indexer.ts'),
          'document-reader': at('node-core/document-reader.ts'),
          reckoner: at('node-core/reckoner.ts'),
          engine: at('node-core/engine.ts'),
        }),
        plugins: [lateHttp2, commonJsMark],
      },
    },
    {
      folder: 'electron',
      config: {
        ...nodeConfig(root, into('electron'), 'es', {
          main: at('electron/main.ts'),
          'node-entry': at('electron/node/node-entry.ts'),
          indexer: at('node-core/indexer.ts'),
          'document-reader': at('node-core/document-reader.ts'),
          reckoner: at('node-core/reckoner.ts'),
          engine: at('node-core/engine.ts'),
        }),
        plugins: [lateHttp2],
        define: {
          NUNBA_UPDATE_FEED: JSON.stringify(updates.feed),
          NUNBA_RELEASE_KEY: JSON.stringify(updates.releaseKey),
        },
      },
    },
    {
      folder: 'electron',
      config: preloadConfig(root, into('electron'), at('electron/preload.cts')),
    },
  ];
}

/** Says to Node that the files beside it are CommonJS, which the package itself is not. */
const commonJsMark: Plugin = {
  name: 'nunba:commonjs-mark',
  generateBundle() {
    this.emitFile({ type: 'asset', fileName: 'package.json', source: '{ "type": "commonjs" }\n' });
  },
};

const http2Import = "const http2 = require('node:http2')";

/** Fastify loads HTTP/2 at its beginning, which nobody speaks here: loaded when it is used, a start takes 4 MB less. */
const lateHttp2: Plugin = {
  name: 'nunba:late-http2',
  transform: {
    filter: { id: /\/fastify\/lib\/server\.js$/ },
    handler(code) {
      if (!code.includes(http2Import)) this.error(`fastify loads HTTP/2 in another way than by "${http2Import}"`);
      return {
        code: code.replace(http2Import, '').replaceAll('http2.create', "require('node:http2').create"),
        map: null,
      };
    },
  },
};

/**
 * Everything but the binary modules in a few files: a start reads little. What is imported late stays a chunk. Without
 * blanks, and with all names as they are; as CommonJS where Node alone loads it, which takes a tenth less of a start. Of
 * ASCII alone: one letter beyond Latin makes a file twice as large in memory, and slow to read.
 */
function nodeConfig(
  root: string,
  outDir: string,
  format: 'cjs' | 'es',
  input: Readonly<Record<string, string>>,
): InlineConfig {
  return {
    ...common(root),
    ssr: { target: 'node', noExternal: true, external: externalModules },
    build: {
      ...commonBuild(outDir),
      target: nodeVersion,
      ssr: true,
      rolldownOptions: {
        input,
        output: {
          format,
          charset: 'ascii',
          entryFileNames: '[name].js',
          chunkFileNames: 'chunks/[name]-[hash].js',
          minify: { compress: false, mangle: false, codegen: { removeWhitespace: true } },
        },
      },
    },
  };
}

/** A sandboxed preload is one CommonJS file that can require nothing but `electron`. */
function preloadConfig(root: string, outDir: string, entry: string): InlineConfig {
  return {
    ...common(root),
    build: {
      ...commonBuild(outDir),
      target: 'chrome140',
      minify: false,
      lib: { entry, formats: ['cjs'], fileName: () => 'preload.cjs' },
      rolldownOptions: { external: ['electron'], output: { codeSplitting: false } },
    },
  };
}

function common(root: string): InlineConfig {
  return { root, configFile: false, envDir: false, publicDir: false, logLevel: 'warn', mode: 'production' };
}

function commonBuild(outDir: string): BuildOptions {
  return {
    outDir,
    emptyOutDir: false,
    sourcemap: 'hidden',
    reportCompressedSize: false,
    license: { fileName: licencesFile },
  };
}
