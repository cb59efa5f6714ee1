import { describe, expect, it } from 'vitest';
import {
  discoverPrograms,
  type KnownProgram,
  knownPrograms,
} from '../../../node-core/agents/models/discover-programs.ts';
import { systemClock } from '../../../node-core/platform/system-clock.ts';
import { closedPort, httpListener, modelServer, tcpListener } from '../../builders/model-server.ts';
import { createFakeClock } from '../../doubles/clock.ts';

const program = (kind: KnownProgram['kind'], port: number): KnownProgram => ({ kind, name: kind, port });
const signal = new AbortController().signal;

describe('discoverPrograms', () => {
  it('knows the usual ports', () => {
    expect(knownPrograms.map(({ kind, port }) => [kind, port])).toEqual([
      ['ollama', 11434],
      ['lm-studio', 1234],
      ['llama-cpp', 8080],
      ['vllm', 8000],
      ['jan', 1337],
    ]);
  });

  it('tells found, empty, closed, locked and foreign apart', async () => {
    const found = await modelServer({ models: ['llama3', 'nomic-embed-text'] });
    const empty = await modelServer({ models: [] });
    const locked = await modelServer({ key: 'right-key' });
    const foreign = await httpListener((_, response) => response.end('<html>printer</html>'));
    const programs = [
      program('ollama', found.port),
      program('lm-studio', empty.port),
      program('llama-cpp', await closedPort()),
      program('vllm', locked.port),
      program('jan', foreign.port),
    ];
    const seen = await discoverPrograms(programs, [], systemClock, signal);
    expect(seen.map(({ state }) => state)).toEqual(['found', 'no-models', 'absent', 'absent', 'absent']);
    expect(seen[0]).toMatchObject({ url: `http://127.0.0.1:${found.port}/v1`, models: ['llama3'] });
  });

  it('never asks one of our own ports', async () => {
    const own = await modelServer();
    const seen = await discoverPrograms([program('llama-cpp', own.port)], [own.port], systemClock, signal);
    expect(seen[0]?.state).toBe('absent');
    expect(own.requests).toHaveLength(0);
  });

  it('does not wait for a program that accepts and says nothing', async () => {
    const clock = createFakeClock(0);
    const heard = Promise.withResolvers<void>();
    const mute = await tcpListener((socket) => socket.once('data', () => heard.resolve()));
    const looking = discoverPrograms([program('ollama', mute.port)], [], clock, signal);
    await heard.promise;
    await clock.advance(1500);
    expect((await looking)[0]?.state).toBe('absent');
  });
});
