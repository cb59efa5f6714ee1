/**
 * Stops all work of agents for as long as a reason holds (protocol.md, section 5). It is asked in the services: before
 * each call of a model (a provider's Test too), each call of a tool and each request that carries a prompt. Requests for
 * a provider's list of models tell how it does and go on, so that the person sees that while the agents stand still.
 */
export interface Breaker {
  /** Throws the refusal, a FailureError, while a reason holds. */
  pass(): void;
  /**
   * Aborts the moment a reason begins to hold, with the refusal as its reason. Each piece of work takes the present one
   * when it begins.
   */
  signal(): AbortSignal;
  /** Told, within the same tick, when a first reason begins to hold. Returns what ends the telling. */
  onTrip(listener: () => void): () => void;
}
