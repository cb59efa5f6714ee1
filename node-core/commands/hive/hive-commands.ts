import type { Command } from 'commander';
import type { Flags } from '../../config/read-config.ts';
import type { MemberTier } from '../../protocol/trust/certificate.ts';
import type { Surroundings } from '../surroundings.ts';
import type { JoinOrder } from './join.ts';
import { readDuration, readKey, readReason, readTier, readUses } from './option-values.ts';

/** Takes a command's exit code when it comes. */
type Finish = (work: Promise<number>) => Promise<void>;

interface HiveProgram {
  readonly program: Command;
  readonly surroundings: Surroundings;
  readonly finish: Finish;
}

interface CommonOptions {
  readonly data?: string;
  readonly json?: true;
}

const dayInSeconds = 86_400;

/** Adds what a person can do about trust: join and leave a hive, and be one of its stewards. */
export function addHiveCommands(program: Command, surroundings: Surroundings, finish: Finish): void {
  const hive = { program, surroundings, finish };
  addJoin(hive);
  addMembership(hive);
  addInvites(hive);
  addRequests(hive);
  addMembers(hive);
  addFederationKey(hive);
}

const command = (parent: Command, name: string, description: string): Command =>
  parent.command(name).description(description).option('--data <folder>', 'data folder');
const group = (parent: Command, name: string, description: string): Command =>
  parent.command(name).description(description);

const flagsOf = ({ data }: CommonOptions): Flags => (data === undefined ? {} : { dataFolder: data });

function addJoin({ program, surroundings, finish }: HiveProgram): void {
  const added: Command = command(program, 'join', 'join a hive by its link; shows what it means and asks first')
    .argument('[link]', 'nunba://join?..., as the stewards gave it; put it in quotes')
    .option('--yes', 'you agree to what the link says')
    .option('--confirm <words>', 'trust the hive whose four words these are')
    .option('--cancel', 'end a join that is not done')
    .action(async (link: string | undefined, options: JoinOptions) => {
      const order = joinOrderOf(link, options);
      if (order === null) return added.error('error: give one of: a link, --confirm "<four words>", --cancel');
      const { join } = await import('./join.ts');
      await finish(join(surroundings, flagsOf(options), order));
    });
}

interface JoinOptions extends CommonOptions {
  readonly yes?: true;
  readonly confirm?: string;
  readonly cancel?: true;
}

/** Exactly one of the three. */
function joinOrderOf(link: string | undefined, { yes, confirm, cancel }: JoinOptions): JoinOrder | null {
  const orders: JoinOrder[] = [];
  if (link !== undefined) orders.push({ kind: 'link', link, isAgreed: yes === true });
  if (confirm !== undefined) orders.push({ kind: 'confirm', words: confirm });
  if (cancel === true) orders.push({ kind: 'cancel' });
  const [order] = orders;
  return order !== undefined && orders.length === 1 ? order : null;
}

function addMembership({ program, surroundings, finish }: HiveProgram): void {
  command(program, 'leave', 'leave the hive; the key of this node and the chats stay').action(
    async (options: CommonOptions) => {
      const { leave } = await import('./membership.ts');
      await finish(leave(surroundings, flagsOf(options)));
    },
  );
  command(program, 'trust', 'print this node’s key, certificate and chain')
    .option('--json', 'as JSON, certificates as they are on the wire')
    .action(async (options: CommonOptions) => {
      const { printTrust } = await import('./membership.ts');
      await finish(printTrust(surroundings, flagsOf(options), options.json === true));
    });
  command(program, 'renew', 'renew the certificate now').action(async (options: CommonOptions) => {
    const { renew } = await import('./membership.ts');
    await finish(renew(surroundings, flagsOf(options)));
  });
}

interface InviteOptions extends CommonOptions {
  readonly tier?: MemberTier;
  readonly uses: number;
  readonly expires: number;
  readonly mayIssue?: true;
  readonly qr?: true;
}

function addInvites({ program, surroundings, finish }: HiveProgram): void {
  const invite = group(program, 'invite', 'stewards: make, list and take back invites');
  command(invite, 'create', 'make an invite; prints its link, page and QR code')
    .option('--tier <tier>', 'what it makes a node (what this node issues)', readTier)
    .option('--uses <number>', 'how many nodes can use it', readUses, 1)
    .option('--expires <duration>', 'how long it can be used, such as 30m, 24h, 7d', readDuration, dayInSeconds)
    .option('--may-issue', 'who uses it may issue certificates to locals')
    .option('--json', 'as JSON')
    .option('--qr', 'print the QR code even where the output is no terminal')
    .action(async ({ tier, uses, expires, mayIssue, json, qr, ...options }: InviteOptions) => {
      const { createInvite } = await import('./invites.ts');
      const wish = { tier: tier ?? null, uses, expiresInSeconds: expires, mayIssue: mayIssue === true };
      const shown = { asJson: json === true, withQr: qr === true };
      await finish(createInvite(surroundings, flagsOf(options), { ...wish, ...shown }));
    });
  command(invite, 'list', 'list the invites')
    .option('--json', 'as JSON')
    .action(async (options: CommonOptions) => {
      const { listInvites } = await import('./invites.ts');
      await finish(listInvites(surroundings, flagsOf(options), options.json === true));
    });
  command(invite, 'revoke', 'take an invite back')
    .argument('<id>', 'as `invite list` shows it')
    .action(async (id: string, options: CommonOptions) => {
      const { revokeInvite } = await import('./invites.ts');
      await finish(revokeInvite(surroundings, flagsOf(options), id));
    });
}

function addRequests({ program, surroundings, finish }: HiveProgram): void {
  const requests = group(program, 'requests', 'stewards: who waits to be let in');
  command(requests, 'list', 'list who waits')
    .option('--json', 'as JSON')
    .action(async (options: CommonOptions) => {
      const { listRequests } = await import('./requests.ts');
      await finish(listRequests(surroundings, flagsOf(options), options.json === true));
    });
  command(requests, 'approve', 'let one in')
    .argument('<key>', 'its key, or the first 8 digits of it or more', readKey)
    .option('--may-issue', 'it may issue certificates to locals')
    .action(async (id: string, options: CommonOptions & { readonly mayIssue?: true }) => {
      const { approveRequest } = await import('./requests.ts');
      const order = { id, mayIssue: options.mayIssue === true };
      await finish(approveRequest(surroundings, flagsOf(options), order));
    });
  command(requests, 'reject', 'turn one down')
    .argument('<key>', 'its key, or the first 8 digits of it or more', readKey)
    .option('--reason <text>', 'why; the applicant can read it', readReason, 'rejected by a steward')
    .action(async (id: string, options: CommonOptions & { readonly reason: string }) => {
      const { rejectRequest } = await import('./requests.ts');
      await finish(rejectRequest(surroundings, flagsOf(options), { id, reason: options.reason }));
    });
}

function addMembers({ program, surroundings, finish }: HiveProgram): void {
  const members = group(program, 'members', 'stewards: who is a member');
  command(members, 'list', 'list the members')
    .option('--json', 'as JSON')
    .action(async (options: CommonOptions) => {
      const { listMembers } = await import('./members.ts');
      await finish(listMembers(surroundings, flagsOf(options), options.json === true));
    });
  command(program, 'revoke', 'stewards: end a membership for good; every member is told')
    .argument('<key>', 'its key, or the first 8 digits of it or more', readKey)
    .requiredOption('--reason <text>', 'why; the revoked node and all members can read it', readReason)
    .action(async (key: string, options: CommonOptions & { readonly reason: string }) => {
      const { revokeMember } = await import('./members.ts');
      await finish(revokeMember(surroundings, flagsOf(options), { key, reason: options.reason }));
    });
  command(program, 'release', 'stewards: let a proven domain pass to another key')
    .argument('<domain>', 'such as node.example.org')
    .action(async (fqdn: string, options: CommonOptions) => {
      const { releaseDomain } = await import('./members.ts');
      await finish(releaseDomain(surroundings, flagsOf(options), fqdn));
    });
}

function addFederationKey({ program, surroundings, finish }: HiveProgram): void {
  const key = group(program, 'federation-key', 'the key that members of the hive share (HART_NODE_KEY)');
  const rows = [
    ['show', 'print it; whoever sees it knows it', 'authority.federationKey'],
    ['rotate', 'stewards of central: make a new one', 'authority.rotateFederationKey'],
  ] as const;
  for (const [name, description, call] of rows) {
    command(key, name, description)
      .option('--json', 'as JSON')
      .action(async (options: CommonOptions) => {
        const { federationKey } = await import('./federation-key.ts');
        await finish(federationKey(surroundings, flagsOf(options), { call, asJson: options.json === true }));
      });
  }
}
