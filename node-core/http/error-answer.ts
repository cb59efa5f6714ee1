import { describeFailure } from '../api/failure-sentences.ts';
import { failureOf } from '../api/failures.ts';
import type { ReportBug } from '../api/server.ts';
import { httpStatusOf, retryAfterOf } from './failure-status.ts';
import { HttpRefusal } from './http-refusal.ts';

/** What a caller is told about an error. */
export interface ErrorAnswer {
  readonly status: number;
  /** One sentence. */
  readonly message: string;
  /** A stable word for programs. */
  readonly code: string | null;
  readonly param: string | null;
  readonly retryAfterSeconds: number | null;
}

/** Turns whatever was thrown into an answer; what nobody foresaw is reported and gets an incident id. */
export function toErrorAnswer(error: unknown, reportBug: ReportBug, where: string): ErrorAnswer {
  if (error instanceof HttpRefusal) {
    const { status, message, code, param } = error;
    return { status, message, code, param, retryAfterSeconds: status === 429 ? 1 : null };
  }
  const refused = frameworkRefusal(error);
  if (refused) return refused;
  const failure = failureOf(error) ?? { kind: 'bug', incident: reportBug(error, where) };
  return {
    status: httpStatusOf(failure),
    message: describeFailure(failure),
    code: failure.kind,
    param: failure.kind === 'invalid-input' ? failure.field : null,
    retryAfterSeconds: retryAfterOf(failure),
  };
}

const frameworkSentences: Readonly<Record<number, string>> = {
  400: 'The body is not JSON.',
  413: 'The body is larger than 1 MiB.',
  415: 'Only application/json is understood.',
};

/** What Fastify itself refused before a route saw it. */
function frameworkRefusal(error: unknown): ErrorAnswer | null {
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number') return null;
  const status = error.statusCode;
  if (status < 400 || status >= 500) return null;
  const message = frameworkSentences[status] ?? 'The request cannot be understood.';
  return { status, message, code: null, param: null, retryAfterSeconds: null };
}

/** The error object of OpenAI's API. */
export function toOpenAiError(answer: ErrorAnswer): { readonly error: Readonly<Record<string, string | null>> } {
  const { message, param, code } = answer;
  return { error: { message, type: openAiType(answer.status), param, code } };
}

function openAiType(status: number): string {
  if (status === 401) return 'authentication_error';
  if (status === 403) return 'permission_error';
  if (status === 429) return 'rate_limit_error';
  return status >= 500 ? 'server_error' : 'invalid_request_error';
}
