/** What the commands end with. */
export const exitCodes = {
  done: 0,
  /** It could not be done; one sentence on standard error says why. */
  failed: 1,
  /** The command line itself was not understood. */
  usage: 2,
  /** The person pressed Ctrl+C (128 + SIGINT). */
  interrupted: 130,
} as const;
