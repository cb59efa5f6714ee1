/** Ends what is being joined. */
export interface CancelCall {
  readonly run: () => void;
  readonly isRunning: boolean;
}
