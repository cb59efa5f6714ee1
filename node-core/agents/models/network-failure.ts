import { type Failure, FailureError } from '../../api/failures.ts';

type Cause = Extract<Failure, { kind: 'model-unreachable' }>['cause'];

const causes: Readonly<Record<string, Cause>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  EAI_NODATA: 'dns',
  EAI_NONAME: 'dns',
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timeout',
  ECONNRESET: 'closed',
  EPIPE: 'closed',
  ECONNABORTED: 'closed',
  EPROTO: 'tls',
  HPE_INVALID_CONSTANT: 'network',
};

const isTlsCode = (code: string): boolean =>
  code.startsWith('ERR_TLS') ||
  code.startsWith('ERR_SSL') ||
  code.startsWith('CERT_') ||
  /SELF_SIGNED|UNABLE_TO/.test(code);

/** The code of a system error, `''` if it has none. */
export function errorCode(error: unknown): string {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : '';
  return typeof code === 'string' ? code : '';
}

/** What a failed connection means to the person; FailureErrors pass as they are. */
export function networkFailure(error: unknown, host: string): FailureError {
  const known = failureInside(error);
  if (known) return known;
  const code = errorCode(error);
  const cause = causes[code] ?? (isTlsCode(code) ? 'tls' : 'network');
  return new FailureError({ kind: 'model-unreachable', host: host.slice(0, 300), cause }, { cause: error });
}

/** The FailureError that an error is or was caused by; libraries wrap what a fetch throws. */
export function failureInside(error: unknown): FailureError | null {
  let each: unknown = error;
  for (let depth = 0; depth < 10 && each instanceof Error; depth += 1) {
    if (each instanceof FailureError) return each;
    each = each.cause;
  }
  return null;
}
