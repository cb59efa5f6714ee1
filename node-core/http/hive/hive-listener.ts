import http from 'node:http';
import https from 'node:https';
import fastify, { type FastifyInstance } from 'fastify';
import { FailureError } from '../../api/failures.ts';
import { locateHost } from '../../protocol/location.ts';
import type { TlsCertificate } from '../../trust/transport/tls-certificate.ts';
import { HttpRefusal } from '../http-refusal.ts';
import { explainListenError } from '../listen-refusal.ts';
import { ownAddress } from '../own-address.ts';
import { withoutSchemas } from '../without-schemas.ts';
import { isOwnOrProxy } from './caller-address.ts';
import { errorReply, sendReply } from './hive-answer.ts';
import type { HiveHttpNode } from './hive-http-node.ts';
import { addHiveRoutes } from './hive-routes.ts';
import { addJoinPage } from './join-page.ts';
import { addOpenRoutes } from './open-routes.ts';

const bodyLimitBytes = 1024 * 1024;
/** Room for a chain of four certificates in `Nunba-Certificate`. */
const headerLimitBytes = 32 * 1024;
const headersTimeoutMs = 10_000;
const requestTimeoutMs = 30_000;
const keepAliveMs = 10_000;
const maxConnections = 1_024;
/** How often the certificate is looked at, ms. */
const remakeCheckMs = 24 * 60 * 60_000;

/** How the hive listener is opened. */
export interface HiveListenerOptions {
  readonly node: HiveHttpNode;
  readonly host: string;
  /** 0: any. */
  readonly port: number;
  /** `null`: plain http, on loopback or for the proxies of `node.trustedProxies`. */
  readonly tls: TlsCertificate | null;
  /** Asked once a day, so that a certificate that was made anew, or whose files were replaced, is shown. */
  readonly remakeTls?: () => Promise<TlsCertificate>;
}

/** Where the hive listener answers. */
export interface HiveListening {
  /** `https://127.0.0.1:6776`; how this computer itself reaches it. */
  readonly address: string;
  readonly port: number;
  /** SHA-256 of the certificate's public key; `null` over http, and where the certificate is not self-made. */
  readonly pin: string | null;
  close(): Promise<void>;
}

/**
 * Opens the hive listener (protocol.md, section 9). Rejects with a FailureError: `port-taken`, or `config-invalid` where
 * the address cannot be had, or plain http would leave this computer.
 */
export async function listenHive(options: HiveListenerOptions): Promise<HiveListening> {
  const { node, host, port, tls } = options;
  if (tls === null && node.trustedProxies.length === 0 && locateHost(host).kind !== 'this-computer') {
    const reason = 'without TLS it listens on this computer only';
    throw new FailureError({ kind: 'config-invalid', name: '--insecure-lab', source: host.slice(0, 200), reason });
  }
  const { app, useCertificate } = await createHiveServer(options);
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw await explainListenError(error, host, port);
  }
  const stopRemaking = remakeDaily(options, useCertificate);
  const bound = app.server.address();
  const boundPort = typeof bound === 'object' && bound !== null ? bound.port : port;
  return {
    address: `${tls === null ? 'http' : 'https'}://${ownAddress(host)}:${boundPort}`,
    port: boundPort,
    pin: tls?.isSelfMade ? tls.pin : null,
    async close() {
      stopRemaking();
      await app.close();
    },
  };
}

interface HiveServer {
  readonly app: FastifyInstance;
  readonly useCertificate: (tls: TlsCertificate) => void;
}

async function createHiveServer({ node, tls }: HiveListenerOptions): Promise<HiveServer> {
  const limits = {
    maxHeaderSize: headerLimitBytes,
    headersTimeout: headersTimeoutMs,
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveMs,
  };
  const shown = tls && { key: tls.key, cert: tls.certificate };
  // Every caller speaks TLS 1.3: Node, Python with OpenSSL 1.1.1, and browsers since 2018.
  const safe = shown && { ...shown, minVersion: 'TLSv1.3' as const };
  const app: FastifyInstance = fastify({
    ...withoutSchemas,
    logger: false,
    bodyLimit: bodyLimitBytes,
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    genReqId: () => '',
    serverFactory: (handler) =>
      safe === null ? http.createServer(limits, handler) : https.createServer({ ...limits, ...safe }, handler),
  });
  app.server.maxConnections = maxConnections;
  // Kept raw: the digest is over the bytes as they came.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, async (_: unknown, body: Buffer) => body);
  addErrorHandler(app, node);
  if (safe === null) refuseStrangers(app, node);
  addOpenRoutes(app, node);
  addHiveRoutes(app, node);
  await addJoinPage(app, node.joinFolder);
  return {
    app,
    useCertificate: ({ key, certificate }) => {
      if (app.server instanceof https.Server)
        app.server.setSecureContext({ key, cert: certificate, minVersion: 'TLSv1.3' });
    },
  };
}

/** Plain http is for the declared proxies and this computer: what others send could be read on the way. */
function refuseStrangers(app: FastifyInstance, node: HiveHttpNode): void {
  app.addHook('onRequest', async (request) => {
    if (isOwnOrProxy(request.raw.socket.remoteAddress ?? '', node.trustedProxies)) return;
    throw new HttpRefusal(403, 'This address is for the proxy in front of it.', { code: 'not-through-proxy' });
  });
}

function addErrorHandler(app: FastifyInstance, node: HiveHttpNode): void {
  app.setNotFoundHandler(() => {
    throw new HttpRefusal(404, 'There is nothing at this address.', { code: 'not-found' });
  });
  app.setErrorHandler((error, request, reply) => {
    const where = request.routeOptions.url ?? 'unknown route';
    return sendReply(reply, errorReply(error, node.reportBug, where));
  });
}

function remakeDaily(
  { node, remakeTls }: HiveListenerOptions,
  useCertificate: (tls: TlsCertificate) => void,
): () => void {
  if (remakeTls === undefined) return () => undefined;
  const timer = node.clock.every(remakeCheckMs, () => {
    remakeTls().then(useCertificate, (error: unknown) => node.reportBug(error, 'the TLS certificate'));
  });
  return () => timer.cancel();
}
