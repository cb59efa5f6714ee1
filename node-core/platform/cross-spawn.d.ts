declare module 'cross-spawn' {
  import type { ChildProcessByStdio, SpawnOptions } from 'node:child_process';
  import type { Readable, Writable } from 'node:stream';

  /** As `spawn` of Node, and on Windows also for programs that are scripts (`npx`). All three streams are pipes. */
  // biome-ignore lint/style/noDefaultExport: the package is so
  export default function spawn(
    command: string,
    args: readonly string[],
    options: SpawnOptions & { readonly stdio: ['pipe', 'pipe', 'pipe'] },
  ): ChildProcessByStdio<Writable, Readable, Readable>;
}
