import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { CallHandlers } from '../api/contract.ts';
import { english } from '../api/english.ts';
import { checkSentence, checkTitle } from '../api/health-sentences.ts';
import type { StatusView } from '../api/node-views.ts';
import { asJson, asList, diagnosticsText } from '../protocol/diagnostics/diagnostics-text.ts';
import { endLines, mostLogBytes } from '../protocol/diagnostics/end-lines.ts';
import { readableLogLine } from '../protocol/diagnostics/node-log-line.ts';
import type { Clock } from '../protocol/ports/clock.ts';

const shownLines = 400;
/** The newest first. */
const logNames = ['nunba.log', ...Array.from({ length: 7 }, (_, index) => `nunba.${index + 1}.log`)];

/** What diagnostics are made of. */
interface DiagnosticsSources {
  readonly version: string;
  readonly clock: Pick<Clock, 'now'>;
  /** The node's own log folder. */
  readonly logs: string;
  status(): StatusView;
}

/** Answers `status.diagnostics`. */
export function createDiagnostics(sources: DiagnosticsSources): {
  readonly calls: Pick<CallHandlers, 'status.diagnostics'>;
} {
  return { calls: { 'status.diagnostics': async () => ({ text: await nodeDiagnostics(sources) }) } };
}

async function nodeDiagnostics({ version, clock, logs, status }: DiagnosticsSources): Promise<string> {
  const lines = (await lastLines(logs)).flatMap((line) => readableLogLine(line) ?? []);
  const { checks, ...rest } = status();
  const { versions, platform, arch } = process;
  const facts = { Nunba: version, Node: versions.node, system: `${platform} ${os.release()} ${arch}` };
  return diagnosticsText(clock.now(), os.homedir(), [
    ['Versions', asList({ ...facts, processors: os.availableParallelism(), 'memory in GiB': memoryGiB() })],
    ['Checks', checks.map(lineOf).join('\n')],
    ['Status', asJson(rest)],
    ['Log', lines.join('\n') || 'empty'],
  ]);
}

const memoryGiB = (): number => Math.round(os.totalmem() / 2 ** 30);

const lineOf = (check: StatusView['checks'][number]): string => {
  const looked = check.lookedAt === null ? 'not looked at' : `looked at ${new Date(check.lookedAt).toISOString()}`;
  return `${check.verdict}: ${english(checkTitle(check))} (${looked}) ${english(checkSentence(check))}`;
};

async function lastLines(folder: string): Promise<readonly string[]> {
  let lines: readonly string[] = [];
  for (const name of logNames) {
    if (lines.length >= shownLines) break;
    lines = [...(await linesAtEnd(path.join(folder, name))), ...lines];
  }
  return lines.slice(-shownLines);
}

/** Empty where there is no such file. */
async function linesAtEnd(file: string): Promise<readonly string[]> {
  try {
    await using handle = await fs.open(file);
    const { size } = await handle.stat();
    const buffer = Buffer.alloc(Math.min(size, mostLogBytes));
    await handle.read(buffer, 0, buffer.length, size - buffer.length);
    return endLines(buffer.toString('utf8'), size > mostLogBytes);
  } catch {
    return [];
  }
}
