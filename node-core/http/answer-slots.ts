import { HttpRefusal } from './http-refusal.ts';

/** Answers that HTTP callers may have running at once. */
const maxRunning = 16;

/** Bounds the answers that run for HTTP callers. */
export interface AnswerSlots {
  /** Takes a place and returns what gives it back; refuses with 429 when all are taken. */
  take(): () => void;
}

export function createAnswerSlots(): AnswerSlots {
  let running = 0;
  return {
    take() {
      if (running >= maxRunning) {
        throw new HttpRefusal(429, `${maxRunning} answers are running already. Try again when one has ended.`);
      }
      running += 1;
      let isTaken = true;
      return () => {
        if (isTaken) running -= 1;
        isTaken = false;
      };
    },
  };
}
