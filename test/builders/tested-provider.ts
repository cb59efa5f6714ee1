import type { ProviderAccess } from '../../node-core/agents/models/language-model.ts';
import { testProvider } from '../../node-core/agents/models/test-provider.ts';
import type { TestReport } from '../../node-core/api/model-views.ts';
import { systemClock } from '../../node-core/platform/system-clock.ts';
import type { Clock } from '../../node-core/protocol/ports/clock.ts';
import { createFakeBreaker } from '../doubles/breaker.ts';

/** A provider to be tested; what is left out is ordinary. */
export interface Subject extends Partial<ProviderAccess> {
  readonly url: string;
  readonly model?: string;
}

/** What a test is made with. */
export const means = (clock: Clock = systemClock, ownPorts: readonly number[] = []) => ({
  clock,
  ownPorts,
  signal: new AbortController().signal,
  breaker: createFakeBreaker(),
});

/** What a test is asked about. */
export const subject = ({ model, ...access }: Subject) => ({
  access: { kind: 'openai-compatible' as const, key: null, trustedCertificate: null, ...access },
  model: model ?? null,
});

/** Tests a provider. */
export const test = (given: Subject, clock?: Clock): Promise<TestReport> => testProvider(subject(given), means(clock));

/** The subject with the proposed fix applied, as the page applies it. */
export const mended = (given: Subject, { fix }: TestReport): Subject => {
  switch (fix?.kind) {
    case 'use-url':
      return { ...given, url: fix.url };
    case 'use-model':
      return { ...given, model: fix.model };
    case 'trust-certificate':
      return { ...given, trustedCertificate: fix.fingerprint };
    default:
      return given;
  }
};

/** The step that failed, by name. */
export const failedStep = (report: TestReport): string | undefined =>
  report.steps.find(({ state }) => state === 'failed')?.step;

/** The first letters of the states of all steps. */
export const states = (report: TestReport): string => report.steps.map(({ state }) => state[0]).join('');
