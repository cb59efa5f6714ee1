import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { downloadFile } from '../../node-core/agents/local/download/download-file.ts';
import type {
  DownloadMeans,
  DownloadOrder,
  DownloadStep,
} from '../../node-core/agents/local/download/download-order.ts';
import { systemClock } from '../../node-core/platform/system-clock.ts';
import type { Clock } from '../../node-core/protocol/ports/clock.ts';
import { integrityOf } from './file-server.ts';
import { tempFolder } from './temp-folder.ts';

/** Two megabytes of a file. */
export const content = randomBytes(2_000_000);
/** Waits between tries pass at once. */
const hurried: Clock = {
  ...systemClock,
  after: (ms, action) => systemClock.after(ms < 30_000 && ms !== 10_000 ? 0 : ms, action),
};
/** On the machine's own clock, save that waits between tries pass at once. */
export const means: DownloadMeans = { clock: hurried, random: () => 0.5, proxyFor: () => null, spareBytes: 0 };

/** A download that can be watched and paused. */
export interface Ordered {
  readonly order: DownloadOrder;
  readonly steps: DownloadStep[];
  readonly stop: AbortController;
}

/** An order for `content` at `url`, into a folder of its own. */
export function orderOf(url: string, changes: Partial<DownloadOrder> = {}): Ordered {
  const steps: DownloadStep[] = [];
  const stop = new AbortController();
  const order: DownloadOrder = {
    url: new URL(url),
    mayBePlain: false,
    to: path.join(tempFolder(), 'models', 'model.gguf'),
    expected: { size: { kind: 'exact', bytes: content.length }, integrity: integrityOf(content) },
    signal: stop.signal,
    onStep: (step) => void steps.push(step),
    ...changes,
  };
  return { order, steps, stop };
}

/** The first byte of a `Range`. */
export const startOf = (range: string | null): number => Number(/\d+/.exec(range ?? '0')?.[0]);
/** What stands in the folder of the file. */
export const filesAt = ({ to }: DownloadOrder): readonly string[] => fs.readdirSync(path.dirname(to)).sort();
/** The kinds of steps, each once. */
export const kinds = (steps: readonly DownloadStep[]): readonly string[] => [
  ...new Set(steps.map((step) => step.kind)),
];

/** Downloads until `bytes` are there, then stops as a pause does. */
export async function halfWay(ordered: Ordered, bytes = 50_000): Promise<void> {
  const onStep = (step: DownloadStep): void => {
    if (step.kind === 'receiving' && step.receivedBytes >= bytes) ordered.stop.abort(new Error('paused'));
  };
  await expect(downloadFile({ ...ordered.order, onStep }, means)).rejects.toThrow('paused');
}
