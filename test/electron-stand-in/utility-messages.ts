import type { PortSignal } from './message-ports.ts';

/** What the main process sends to a utility process. */
export type ToUtility =
  | PortSignal
  | { readonly kind: 'message'; readonly data: unknown; readonly portIds: readonly string[] };

/** What a utility process sends to the main process. */
export type FromUtility = PortSignal | { readonly kind: 'message'; readonly data: unknown };
