/** What has been started and must be stopped in reverse order. */
export interface StopList {
  add(stop: () => void | Promise<void>): void;
  /** Stops everything, the last first, whatever fails on the way; then throws the first failure. Idempotent. */
  stopAll(): Promise<void>;
}

export function createStopList(): StopList {
  const stops: (() => void | Promise<void>)[] = [];
  let stopping: Promise<void> | null = null;
  const run = async (): Promise<void> => {
    const errors: unknown[] = [];
    for (let stop = stops.pop(); stop; stop = stops.pop()) {
      try {
        await stop();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  };
  return {
    add: (stop) => stops.push(stop),
    stopAll: () => {
      stopping ??= run();
      return stopping;
    },
  };
}
