import { X509Certificate } from 'node:crypto';
import tls from 'node:tls';
import { FailureError } from '../../api/failures.ts';

/**
 * The authorities that vouch for servers: Node's own list, the computer's, and those of a bundle (PEM). Made when it is
 * first needed, because reading the computer's list takes a moment.
 *
 * @param bundle content of the file that `HEVOLVE_CA_BUNDLE` names, or `null`
 * @throws FailureError `config-invalid` if the bundle holds no certificate
 */
export function knownAuthorities(bundle: string | null): () => tls.SecureContext {
  const added = bundle === null ? [] : certificatesIn(bundle);
  let context: tls.SecureContext | null = null;
  return () => {
    context ??= tls.createSecureContext({
      ca: [...tls.getCACertificates('default'), ...tls.getCACertificates('system'), ...added],
    });
    return context;
  };
}

function certificatesIn(bundle: string): readonly string[] {
  const found = bundle.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  try {
    if (found.length === 0) throw new Error('there is no certificate in it');
    return found.map((text) => new X509Certificate(text).toString());
  } catch (error) {
    const reason = `it holds no certificates that can be read (${error instanceof Error ? error.message : error})`;
    const name = 'HEVOLVE_CA_BUNDLE';
    throw new FailureError(
      { kind: 'config-invalid', name, source: 'file', reason: reason.slice(0, 500) },
      { cause: error },
    );
  }
}
