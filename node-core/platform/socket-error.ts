/** Why a connection came to nothing, as far as a person can act on it. */
export type ConnectionCause = 'dns' | 'refused' | 'tls' | 'timeout' | 'closed' | 'network';

const causes: Readonly<Record<string, ConnectionCause>> = {
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

/** What an error of a socket means. */
export function connectionCause(error: unknown): ConnectionCause {
  const code = errorCode(error);
  return causes[code] ?? (isTlsCode(code) ? 'tls' : 'network');
}
