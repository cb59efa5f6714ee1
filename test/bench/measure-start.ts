import { spawnSync } from 'node:child_process';
import { residentMegabytes } from './processes.ts';
import { spawnNode } from './spawn-node.ts';
import { type Measurement, median } from './statistics.ts';

const runs = 9;

const helloWorldMs = (): number => {
  const started = performance.now();
  spawnSync(process.execPath, ['-e', 'process.stdout.write("hello")']);
  return performance.now() - started;
};

/** Spawn to first health beside a hello world in the same run, and memory at rest. */
export async function measureStart(): Promise<readonly Measurement[]> {
  await spawnNode().then((node) => node.stop()); // fills the compile cache, as the second start of a person finds it
  const starts: number[] = [];
  const hellos: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    hellos.push(helloWorldMs());
    const node = await spawnNode();
    starts.push(node.startMs);
    await node.stop();
  }
  const atRest = await spawnNode();
  await new Promise((resolve) => setTimeout(resolve, 8000));
  const resident = residentMegabytes(atRest.process.pid ?? 0);
  await atRest.stop();
  const note = `median of ${runs} starts, empty data folder, warm compile cache`;
  return [
    { name: 'spawn to first `/health`', value: median(starts), unit: 'ms', budget: 250, note },
    { name: '… beside `node` hello world', value: median(starts) / median(hellos), unit: 'x', budget: 4, note },
    { name: 'resident memory at rest, flat', value: resident, unit: 'MB', budget: 100, note: '8 s after start' },
  ];
}
