import dgram from 'node:dgram';
import { onTestFinished } from 'vitest';

/** A DNS server on loopback that knows a few names (RFC 1035). */
export interface DnsServer {
  /** `127.0.0.1:PORT` */
  readonly address: string;
  /** Names that were asked for, in order. */
  readonly asked: readonly string[];
}

/** @param names IPv4 addresses by name; every other name is not there */
export async function startDnsServer(names: Readonly<Record<string, string>>): Promise<DnsServer> {
  const asked: string[] = [];
  const socket = dgram.createSocket('udp4');
  socket.on('message', (query, from) => {
    const { name, end } = readName(query);
    asked.push(name);
    const isA = query.readUInt16BE(end) === 1;
    const address = isA ? names[name] : undefined;
    socket.send(replyTo(query.subarray(0, end + 4), address, names[name] !== undefined), from.port, from.address);
  });
  await new Promise<void>((resolve) => void socket.bind(0, '127.0.0.1', resolve));
  onTestFinished(() => new Promise<void>((resolve) => void socket.close(() => resolve())));
  return { address: `127.0.0.1:${socket.address().port}`, asked };
}

function readName(query: Buffer): { readonly name: string; readonly end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 };
}

function replyTo(question: Buffer, address: string | undefined, isKnown: boolean): Buffer {
  const head = Buffer.from(question);
  // An answer, recursion available; 3: there is no such name.
  head.writeUInt16BE(isKnown ? 0x8180 : 0x8183, 2);
  head.writeUInt16BE(address === undefined ? 0 : 1, 6);
  head.writeUInt32BE(0, 8);
  if (address === undefined) return head;
  const record = Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4, ...address.split('.').map(Number)]);
  return Buffer.concat([head, record]);
}
