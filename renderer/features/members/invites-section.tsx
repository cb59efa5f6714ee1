import { Plus, Ticket } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InviteView, MemberView } from '../../../node-core/api/trust-views.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { ConfirmDialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Card, Section } from '../../ui/page.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { InviteRow } from './invite-row.tsx';
import { limitRows } from './row-limit.ts';

interface InvitesSectionProps {
  invites: readonly InviteView[];
  /** By whose names those are called who used one. */
  members: readonly MemberView[];
  isCentral: boolean;
}

/** Links by which others join, the newest first. */
export function InvitesSection({ invites, members, isCentral }: InvitesSectionProps) {
  const { t } = useTranslation();
  const [isCreating, setCreating] = useState(false);
  const create = (
    <Button size="sm" icon={<Plus />} onClick={() => setCreating(true)}>
      {t('members.invite')}
    </Button>
  );
  return (
    <Section title={t('members.invites')} hint={t('members.invitesHint')} actions={invites.length > 0 && create}>
      <Card>
        {invites.length === 0 ? (
          <EmptyState icon={<Ticket />} title={t('members.noInvites')} action={create}>
            {t('members.noInvitesHint')}
          </EmptyState>
        ) : (
          <InviteList invites={invites} members={members} />
        )}
      </Card>
      <InviteDialog isOpen={isCreating} isCentral={isCentral} onClose={() => setCreating(false)} />
    </Section>
  );
}

/** The invites, each of which can be taken back while it is open. */
function InviteList({ invites, members }: Omit<InvitesSectionProps, 'isCentral'>) {
  const { t } = useTranslation();
  const [taken, setTaken] = useState<InviteView | null>(null);
  const takeBack = useCall('authority.revokeInvite');
  const { shown, more } = limitRows(invites);
  return (
    <>
      <ul aria-label={t('members.invites')} className="divide-y divide-line">
        {shown.map((invite) => (
          <InviteRow key={invite.id} invite={invite} members={members} onTakeBack={() => setTaken(invite)} />
        ))}
      </ul>
      {more > 0 && <p className="pt-2.5 text-ink-2 text-small">{t('members.andMore', { count: more })}</p>}
      <FailureNote failure={takeBack.failure} onDismiss={takeBack.clear} className="mt-3" />
      <ConfirmDialog
        isOpen={taken !== null}
        onOpenChange={(isOpen) => !isOpen && setTaken(null)}
        title={t('members.takeBackTitle')}
        description={t('members.takeBackHint')}
        confirmLabel={t('members.takeBack')}
        isDanger
        onConfirm={() => taken && void takeBack.run({ id: taken.id })}
      />
    </>
  );
}
