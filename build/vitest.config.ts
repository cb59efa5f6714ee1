import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const root = path.dirname(import.meta.dirname);
const guards = ['test/builders/guard-documents.ts'];
const project = (name: string, folders: readonly string[], environment: 'node' | 'happy-dom' = 'node') => ({
  extends: true as const,
  test: {
    name,
    environment,
    setupFiles: environment === 'happy-dom' ? [...guards, 'test/builders/patient-page.ts'] : guards,
    include: folders.flatMap((folder) => [`test/${folder}/**/*.test.ts`, `test/${folder}/**/*.test.tsx`]),
  },
});

/** One project per kind of test. `unit` runs in `npm run check`; all run in `npm test`. */
export default defineConfig({
  root,
  plugins: [react()],
  resolve: { alias: [{ find: /^electron$/, replacement: path.join(root, 'test/doubles/no-electron.ts') }] },
  test: {
    testTimeout: 20_000,
    expect: { poll: { timeout: 10_000 } },
    server: { deps: { inline: ['electron-store'] } },
    globalSetup: ['test/builders/test-homes.ts'],
    projects: [
      project('unit', ['protocol', 'services']),
      project('page', ['renderer'], 'happy-dom'),
      project('contract', ['contract']),
      project('integration', ['integration']),
    ],
  },
});
