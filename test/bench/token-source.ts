import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import readline from 'node:readline';

/** The token server in a process of its own, so that it and its readers do not share an event loop. */
export interface TokenSource {
  readonly url: string;
  /** Resolves with the time, in microseconds of the monotonic clock, at which the next connection was closed. */
  nextClose(): Promise<number>;
  stop(): Promise<void>;
}

/** @param rate tokens per second @param count tokens per answer */
export async function startTokenSource(rate: number, count: number): Promise<TokenSource> {
  const file = path.join(import.meta.dirname, 'token-server.ts');
  const child: ChildProcess = spawn(process.execPath, [file, String(rate), String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!child.stdout) throw new Error('The token server has no output.');
  const waiting: ((at: number) => void)[] = [];
  const port = await new Promise<number>((resolve) => {
    readline.createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      const [word, value] = line.split(' ');
      if (word === 'port') resolve(Number(value));
      else waiting.shift()?.(Number(value));
    });
  });
  return {
    url: `http://127.0.0.1:${port}/v1`,
    nextClose: () => new Promise((resolve) => waiting.push(resolve)),
    stop: async () => {
      child.kill();
      await once(child, 'exit');
    },
  };
}

/** Microseconds of the machine's monotonic clock, the same for every process. */
export const monotonicMicroseconds = (): number => Number(process.hrtime.bigint() / 1000n);

/** Latencies, in ms, of the tokens in `text`, each of which is the time it was sent. */
export function latencies(text: string, receivedAt: number): readonly number[] {
  return text
    .split(' ')
    .filter((word) => /^\d{6,}$/.test(word))
    .map((word) => (receivedAt - Number(word)) / 1000);
}

/** Latencies of a whole answer read by a plain `fetch`, ms. */
export async function readDirectly(url: string): Promise<readonly number[]> {
  const response = await fetch(`${url}/chat/completions`, { method: 'POST', body: '{"stream":true}' });
  const found: number[] = [];
  const decoder = new TextDecoder();
  if (!response.body) throw new Error('The token server sent no body.');
  for await (const bytes of response.body) {
    const at = monotonicMicroseconds();
    for (const match of decoder.decode(bytes, { stream: true }).matchAll(/"content":"([^"]*)"/g)) {
      found.push(...latencies(match[1] ?? '', at));
    }
  }
  return found;
}
