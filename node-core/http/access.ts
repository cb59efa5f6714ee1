import type { FastifyReply, FastifyRequest } from 'fastify';
import type { HttpNode } from './http-node.ts';
import { HttpRefusal } from './http-refusal.ts';
import { isOwnHost, isOwnOrigin } from './request-origin.ts';
import { sessionOf } from './session-cookie.ts';
import { bearerOf, isSameToken } from './tokens.ts';

type Guard = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;

/** Refuses what a stranger's page could send through the person's browser. Asked before anything else. */
export function originGuard(node: HttpNode): Guard {
  return async (request) => {
    const { host, origin } = request.headers;
    if (!isOwnHost(host, node.listenHost)) {
      throw new HttpRefusal(421, 'This node does not answer under that name: use its address.');
    }
    // The file that hands a token over to the browser has no origin; the token itself is what lets it in.
    const isHandover = origin === 'null' && request.method === 'POST' && request.url === '/session';
    if (origin !== undefined && !isHandover && !isOwnOrigin(origin, host)) {
      throw new HttpRefusal(403, 'Pages of other addresses may not use this node.');
    }
  };
}

/** Lets in who holds the chat token, or the admin token of this run. */
export function chatGuard(node: HttpNode): Guard {
  return async (request) => {
    if (!(await mayChat(node, request))) {
      throw new HttpRefusal(401, 'A token is needed: send "Authorization: Bearer ...". `nunba-node token` prints it.');
    }
  };
}

/** Lets in the commands of this data folder. */
export function adminGuard(node: HttpNode): Guard {
  return async (request) => {
    if (!isAdmin(node, request)) throw new HttpRefusal(401, 'Only the commands of this data folder may do that.');
  };
}

/** Lets in the commands, and pages with a session. A cookie without the page's origin is not a page of ours. */
export function rpcGuard(node: HttpNode): Guard {
  return async (request) => {
    if (isAdmin(node, request)) return;
    const session = sessionOf(request.headers.cookie, request.socket.localPort ?? 0);
    const isPage = request.headers.origin !== undefined && session !== null && (await node.sessions.isValid(session));
    if (!isPage) throw new HttpRefusal(401, 'This page was not opened by Nunba, or its session has ended.');
  };
}

/** Whether the request carries a token for chats. */
export async function mayChat(node: HttpNode, request: FastifyRequest): Promise<boolean> {
  const given = bearerOf(request.headers.authorization);
  if (given === null) return false;
  return isSameToken(given, node.adminToken) || isSameToken(given, await node.chatToken());
}

function isAdmin(node: HttpNode, request: FastifyRequest): boolean {
  const given = bearerOf(request.headers.authorization);
  return given !== null && isSameToken(given, node.adminToken);
}
