import type { Failure } from '../../api/failures.ts';
import { type RefusalContext, refusalFailure } from './refusal-failure.ts';
import { type IncomingAnswer, readText } from './send-request.ts';

/** Most bytes that are read of a refusal's body. */
const refusalBytes = 64 * 1024;

/** Whether the status of an answer is 2xx. */
export function isSuccess(answer: IncomingAnswer): boolean {
  return answer.status >= 200 && answer.status <= 299;
}

/** Reads what a provider refused with, and closes the connection. */
export async function readRefusal(answer: IncomingAnswer, context: RefusalContext): Promise<Failure> {
  const refusal = {
    status: answer.status,
    retryAfter: answer.header('retry-after'),
    location: answer.header('location'),
    body: await readText(answer, refusalBytes),
  };
  return refusalFailure(refusal, context);
}
