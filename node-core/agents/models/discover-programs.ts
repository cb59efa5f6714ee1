import type { z } from 'zod';
import type { programSchema } from '../../api/model-views.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { ProviderAccess } from './language-model.ts';
import { maxListBytes, modelListRequest, readModelList } from './list-models.ts';
import { isSuccess } from './read-refusal.ts';
import { readText, sendRequest } from './send-request.ts';

export type ProgramView = z.infer<typeof programSchema>;

/** A program that serves models on this computer, and where it usually does. */
export interface KnownProgram {
  readonly kind: ProgramView['kind'];
  readonly name: string;
  readonly port: number;
}

/** The programs that are looked for, in the order in which they are shown. */
export const knownPrograms: readonly KnownProgram[] = [
  { kind: 'ollama', name: 'Ollama', port: 11_434 },
  { kind: 'lm-studio', name: 'LM Studio', port: 1234 },
  { kind: 'llama-cpp', name: 'llama.cpp', port: 8080 },
  { kind: 'vllm', name: 'vLLM', port: 8000 },
  { kind: 'jan', name: 'Jan', port: 1337 },
];

/** Longest look at one program, ms: it is on this computer, or it is not there. */
const lookMs = 1500;

/** Base address of a program, as a provider made from it has it. */
function programUrl(port: number): string {
  return `http://127.0.0.1:${port}/v1`;
}

/** What a program looks like before anybody looked. */
export function notLookedAt(program: KnownProgram): ProgramView {
  const { kind, name, port } = program;
  return { kind, name, url: programUrl(port), state: 'not-looked', models: [], providerId: null };
}

/**
 * Looks for the programs, all at once, by asking each for its models; never at one of our own ports. A program that wants
 * a key or answers with anything but a list counts as absent: whatever it is, it cannot be used with a click.
 */
export async function discoverPrograms(
  programs: readonly KnownProgram[],
  ownPorts: readonly number[],
  clock: Clock,
  signal: AbortSignal,
): Promise<readonly ProgramView[]> {
  const look = async (program: KnownProgram): Promise<ProgramView> => {
    const models = ownPorts.includes(program.port) ? null : await lookAt(program, clock, signal);
    const state = models === null ? 'absent' : models.length === 0 ? 'no-models' : 'found';
    return { ...notLookedAt(program), state, models: [...(models ?? [])] };
  };
  return Promise.all(programs.map(look));
}

async function lookAt(program: KnownProgram, clock: Clock, signal: AbortSignal): Promise<readonly string[] | null> {
  const url = programUrl(program.port);
  const access: ProviderAccess = { kind: 'openai-compatible', url, key: null, trustedCertificate: null };
  const over = new AbortController();
  const timer = clock.after(lookMs, () => over.abort());
  try {
    const ends = AbortSignal.any([over.signal, signal]);
    const endpoint = { url: new URL(url), trustedCertificate: null };
    const answer = await sendRequest(endpoint, modelListRequest(access), clock, ends);
    const body = await readText(answer, maxListBytes);
    return isSuccess(answer) ? readModelList(access.kind, body) : null;
  } catch {
    // Nobody there, too slow, or no program that speaks HTTP: all of them mean that there is nothing to use.
    return null;
  } finally {
    timer.cancel();
  }
}
