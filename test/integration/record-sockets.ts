/**
 * Loaded with `--import` before anything else: tells the parent process of every connection, listener, datagram, name
 * look-up and program that this process begins.
 */
import childProcess from 'node:child_process';
import dgram from 'node:dgram';
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
import process from 'node:process';

/** Something that reaches out of the process, or lets somebody in. `target`: `address:port`, a name, or a program. */
export interface Reach {
  readonly kind: 'connect' | 'listen' | 'datagram' | 'name' | 'program';
  readonly target: string;
}

// biome-ignore lint/suspicious/noExplicitAny: functions of any shape are watched, and called as they were
type AnyFunction = (this: unknown, ...args: any[]) => unknown;

const tell = (kind: Reach['kind'], target: string): void => {
  process.send?.({ kind, target } satisfies Reach);
};

/** An address is "looked up" without asking anybody. */
function tellName(name: string): void {
  if (net.isIP(name) === 0) tell('name', name);
}

/** Puts `look` before a function of an object. */
function watch(owner: object, name: string, look: (self: unknown, args: readonly unknown[]) => void): void {
  const found: unknown = Reflect.get(owner, name);
  if (typeof found !== 'function') return;
  const original = found as AnyFunction;
  const watched: AnyFunction = function watched(...args) {
    look(this, args);
    return original.apply(this, args);
  };
  Reflect.set(owner, name, watched);
}

/** The target of `connect(options)`, `connect(port, host)`, `connect(path)` or of Node's own, already normalised call. */
function targetOf(args: readonly unknown[]): string {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args;
  if (typeof first === 'object' && first !== null) {
    const { path, host, address, port } = first as Record<string, unknown>;
    return path === undefined || path === null ? `${host ?? address ?? 'localhost'}:${port}` : String(path);
  }
  return typeof first === 'string' && Number.isNaN(Number(first)) ? first : `${second ?? 'localhost'}:${first}`;
}

function boundAddress(self: unknown): string {
  const address = self instanceof net.Server ? self.address() : null;
  return typeof address === 'object' && address !== null ? `${address.address}:${address.port}` : String(address);
}

watch(net.Socket.prototype, 'connect', (_, args) => tell('connect', targetOf(args)));
watch(net.Server.prototype, 'listen', (self) => {
  if (self instanceof net.Server) self.once('listening', () => tell('listen', boundAddress(self)));
});
for (const name of ['bind', 'connect', 'send']) {
  watch(dgram.Socket.prototype, name, (_, args) => tell('datagram', `${name} ${args.map(String).join(' ')}`));
}
const lookUps = ['lookup', 'lookupService', 'reverse', 'resolve', 'resolve4', 'resolve6', 'resolveAny', 'resolveSrv'];
const moreLookUps = ['resolveCname', 'resolveMx', 'resolveNs', 'resolveTxt', 'resolvePtr', 'resolveSoa', 'resolveTlsa'];
for (const owner of [dns, dns.promises, dns.Resolver.prototype, dns.promises.Resolver.prototype]) {
  for (const name of [...lookUps, ...moreLookUps]) watch(owner, name, (_, args) => tellName(String(args[0])));
}
for (const name of ['spawn', 'spawnSync', 'exec', 'execSync', 'execFile', 'execFileSync', 'fork']) {
  watch(childProcess, name, (_, args) => tell('program', String(args[0])));
}
syncBuiltinESMExports();
