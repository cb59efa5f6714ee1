import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { app, type BrowserWindow, dialog, shell } from 'electron';
import { FailureError } from '../../node-core/api/failures.ts';
import type { ShellCallHandlers } from '../../node-core/api/shell-contract.ts';
import { asJson, asList, diagnosticsText } from '../../node-core/protocol/diagnostics/diagnostics-text.ts';
import { readableLogLine } from '../../node-core/protocol/diagnostics/node-log-line.ts';
import type { NodeLink } from '../node/node-link.ts';
import type { ShellSettings } from '../settings/shell-settings.ts';
import type { ShellState } from '../shell/shell-state.ts';
import { lastLines, shellLogNames } from './last-lines.ts';

const shownLines = 400;
const nodeLogNames = ['nunba.log', ...Array.from({ length: 7 }, (_, index) => `nunba.${index + 1}.log`)];
/** A node that does not say its status within this does not answer; ms. */
const statusTimeoutMs = 3_000;

/** What logs and diagnostics are made of. */
export interface LogParts {
  /** Of the shell's own log. */
  readonly folder: string;
  readonly state: Pick<ShellState, 'get'>;
  readonly settings: Pick<ShellSettings, 'get'>;
  readonly link: NodeLink;
  /** The window that asks, or `null`. */
  readonly window: () => BrowserWindow | null;
}

/** What answers for logs and diagnostics. */
export type LogHandlers = Pick<ShellCallHandlers, 'logs.open' | 'diagnostics.save'>;

/** Shows the logs and saves the diagnostics: for the menu and for the page. */
export function logHandlers(parts: LogParts): LogHandlers {
  // Where the node keeps its own log, as it last said; it may be down when that is asked for.
  let dataFolder: string | null = null;
  parts.link.watch('status.watch', {}, { next: (status) => (dataFolder = status.dataFolder) });
  return {
    'logs.open': async () => {
      await fs.mkdir(parts.folder, { recursive: true });
      const reason = await shell.openPath(parts.folder);
      if (reason !== '') throw new FailureError({ kind: 'no-desktop', path: parts.folder.slice(0, 2_000) });
      return {};
    },
    'diagnostics.save': async () => {
      const at = Date.now();
      const file = await askWhere(parts.window(), at);
      if (file === null) return { file };
      const status = await statusOf(parts.link);
      const nodeLog = dataFolder === null ? [] : lastLines(path.join(dataFolder, 'logs'), nodeLogNames, shownLines);
      const shellLog = lastLines(parts.folder, shellLogNames(parts.folder), shownLines);
      const { runtime } = parts.state.get();
      const text = diagnosticsText(at, os.homedir(), [
        ['Versions', asList(versions())],
        ['System', asList(system())],
        ['Runtime, as the app sees it', asJson(runtime)],
        ['Settings of the app', asJson(settingsFacts(parts.settings))],
        ['Status of the runtime', status === null ? 'It does not answer.' : asJson(status)],
        ['Log of the app', shellLog.join('\n') || 'empty'],
        ['Log of the runtime', nodeLog.flatMap((line) => readableLogLine(line) ?? []).join('\n') || 'empty'],
      ]);
      await write(file, text);
      return { file };
    },
  };
}

/** Which hosts somebody trusts is theirs alone. */
function settingsFacts(settings: Pick<ShellSettings, 'get'>): unknown {
  const { trustedHosts, ...rest } = settings.get();
  return { ...rest, trustedHosts: trustedHosts.length };
}

async function askWhere(window: BrowserWindow | null, at: number): Promise<string | null> {
  const name = `nunba-diagnostics-${new Date(at).toISOString().slice(0, 10)}.txt`;
  const options = {
    title: 'Save diagnostics',
    defaultPath: path.join(app.getPath('documents'), name),
    filters: [{ name: 'Text', extensions: ['txt'] }],
  };
  const { canceled, filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options));
  return canceled || filePath === '' ? null : filePath;
}

/** `null` where the node does not answer in time. */
async function statusOf(link: NodeLink): Promise<unknown> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), statusTimeoutMs);
  });
  try {
    return await Promise.race([link.call('status.get', {}), late]);
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

async function write(file: string, text: string): Promise<void> {
  try {
    await fs.writeFile(file, text, { mode: 0o600 });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOSPC') throw new FailureError({ kind: 'storage-full' });
    throw new FailureError({ kind: 'folder-unwritable', path: file.slice(0, 2_000), reason: code });
  }
}

const versions = (): Readonly<Record<string, string>> => ({
  Nunba: app.getVersion(),
  Electron: process.versions.electron ?? '',
  Chromium: process.versions.chrome ?? '',
  Node: process.versions.node,
});

const system = (): Readonly<Record<string, string | number | boolean>> => ({
  platform: process.platform,
  release: os.release(),
  architecture: process.arch,
  'memory in GiB': Math.round(os.totalmem() / 2 ** 30),
  processors: os.cpus().length,
  locale: app.getLocale(),
  packaged: app.isPackaged,
});
