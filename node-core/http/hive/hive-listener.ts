import type { TlsCertificate } from '../../trust/transport/tls-certificate.ts';
import type { HiveHttpNode } from './hive-http-node.ts';

/** How the hive listener is opened. */
export interface HiveListenerOptions {
  readonly node: HiveHttpNode;
  readonly host: string;
  /** 0: any. */
  readonly port: number;
  /** `null`: plain http, on loopback or for the proxies of `node.trustedProxies`. */
  readonly tls: TlsCertificate | null;
}

/** Where the hive listener answers. */
export interface HiveListening {
  /** `https://127.0.0.1:6776`; how this computer itself reaches it. */
  readonly address: string;
  readonly port: number;
  /** SHA-256 of the certificate's public key; `null` over http, and where the certificate is not self-made. */
  readonly pin: string | null;
  /** Shows another certificate from now on; connections that are open stay. */
  useCertificate(tls: TlsCertificate): void;
  close(): Promise<void>;
}

/**
 * Opens the hive listener (protocol.md, section 9). Rejects with a FailureError: `port-taken`, or `config-invalid` where
 * the address cannot be had, or plain http would leave this computer.
 */
export async function listenHive(_options: HiveListenerOptions): Promise<HiveListening> {
  throw new Error('not yet');
}
