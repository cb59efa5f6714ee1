import { renderUnicodeCompact } from 'uqr';
import type { CreatedInvite, InviteView } from '../../api/trust-views.ts';
import type { Flags } from '../../config/read-config.ts';
import type { MemberTier } from '../../protocol/trust/certificate.ts';
import { exitCodes } from '../exit-codes.ts';
import { withNode } from '../reach-node.ts';
import type { Surroundings } from '../surroundings.ts';
import { keyText, textTable, timeText } from './text-table.ts';

/** What `invite create` was asked for. */
interface InviteWish {
  readonly tier: MemberTier | null;
  readonly uses: number;
  readonly expiresInSeconds: number;
  readonly mayIssue: boolean;
  readonly asJson: boolean;
  /** A QR code where the output is no terminal, too. */
  readonly withQr: boolean;
}

/** Makes an invite and prints its link, its page and a QR code. */
export async function createInvite(surroundings: Surroundings, flags: Flags, wish: InviteWish): Promise<number> {
  const { tier, uses, expiresInSeconds, mayIssue } = wish;
  const made = await withNode(surroundings, flags, ({ client }) =>
    client.call('authority.createInvite', { tier, uses, expiresInSeconds, mayIssue }),
  );
  const withQr = surroundings.isTerminal || wish.withQr;
  surroundings.print(wish.asJson ? `${JSON.stringify(made, null, 2)}\n` : inviteText(made));
  if (!wish.asJson && withQr) surroundings.print(`\n${qrText(made.link, surroundings.isTerminal)}`);
  return exitCodes.done;
}

/** The new invite as a person passes it on. */
export function inviteText({ invite, link, page }: CreatedInvite): string {
  const uses = invite.uses === 1 ? 'once' : `${invite.uses} times`;
  const issues = invite.mayIssue ? ', and may issue certificates to locals' : '';
  return [
    `Invite ${invite.id}: a ${invite.tier}${issues}. It can be used ${uses}, until ${timeText(invite.expiresAt)}.\n`,
    'Whoever has the link can use it, and it is shown only now.\n\n',
    `Link  ${link}\n`,
    `Page  ${page}\n`,
  ].join('');
}

/** Light on dark whatever the terminal's colours are, as cameras expect it. */
export function qrText(link: string, withColours: boolean): string {
  const lines = renderUnicodeCompact(link, { ecc: 'L', border: 2 }).split('\n');
  const [before, after] = withColours ? ['\u001b[40;97m', '\u001b[0m'] : ['', ''];
  return lines.map((line) => `${before}${line}${after}\n`).join('');
}

/** Prints all invites, the newest first. */
export async function listInvites(surroundings: Surroundings, flags: Flags, asJson: boolean): Promise<number> {
  const { invites } = await withNode(surroundings, flags, ({ client }) => client.call('authority.listInvites', {}));
  surroundings.print(asJson ? `${JSON.stringify({ invites }, null, 2)}\n` : invitesText(invites));
  return exitCodes.done;
}

/** The invites as a person reads them. */
export function invitesText(invites: readonly InviteView[]): string {
  if (invites.length === 0) return 'There are no invites. `nunba-node invite create` makes one.\n';
  const rows = invites.map((invite) => [
    invite.id,
    invite.mayIssue ? `${invite.tier}, may issue` : invite.tier,
    invite.state,
    `${invite.usedBy.length} of ${invite.uses}`,
    timeText(invite.expiresAt),
    invite.usedBy.map(keyText).join(' '),
  ]);
  return textTable(['ID', 'TIER', 'STATE', 'USED', 'UNTIL', 'USED BY'], rows);
}

/** Takes an invite back. */
export async function revokeInvite(surroundings: Surroundings, flags: Flags, id: string): Promise<number> {
  await withNode(surroundings, flags, ({ client }) => client.call('authority.revokeInvite', { id }));
  surroundings.print('The invite is taken back. Who has used it already stays a member.\n');
  return exitCodes.done;
}
