import type { Breaker } from '../../protocol/ports/breaker.ts';
import type { Clock } from '../../protocol/ports/clock.ts';
import type { ProviderAccess } from './language-model.ts';

/** What is tested: a provider that need not be stored, its address as the person typed it. */
export interface TestSubject {
  readonly access: ProviderAccess;
  /** The model that is to answer; `null`: the one that would be taken. */
  readonly model: string | null;
}

/** What a test needs besides. */
export interface TestMeans {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Asked before a model is: a pause ends the test there, the steps before prompt nobody. */
  readonly breaker: Pick<Breaker, 'pass' | 'signal'>;
  /** Ports on which this node itself listens. */
  readonly ownPorts: readonly number[];
}
