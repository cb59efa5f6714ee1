import { Users } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MemberView } from '../../../node-core/api/trust-views.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { Card, Section } from '../../ui/page.tsx';
import { filterMembers } from './filter-members.ts';
import { MemberRow } from './member-row.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';
import { limitRows } from './row-limit.ts';

/** From so many on a list is searched rather than read. */
const searchedFrom = 6;

interface MembersSectionProps {
  members: readonly MemberView[];
  isCentral: boolean;
}

/** Everybody who has or had a certificate of this node. */
export function MembersSection({ members, isCentral }: MembersSectionProps) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState('');
  const [revoked, setRevoked] = useState<MemberView | null>(null);
  const found = filterMembers(members, wanted);
  return (
    <Section title={t('members.members')} hint={t('members.membersHint')}>
      <Card>
        {members.length === 0 && (
          <EmptyState icon={<Users />} title={t('members.none')}>
            {t('members.noneHint')}
          </EmptyState>
        )}
        {members.length >= searchedFrom && (
          <Field label={t('members.search')} isLabelHidden className="mb-2">
            <TextInput
              type="search"
              value={wanted}
              placeholder={t('members.search')}
              onChange={(event) => setWanted(event.target.value)}
            />
          </Field>
        )}
        <p role="status" className="sr-only">
          {wanted.trim() !== '' && t('members.found', { count: found.length })}
        </p>
        {members.length > 0 && found.length === 0 && <p className="py-2 text-ink-2">{t('members.noneFound')}</p>}
        <MemberList members={found} onRevoke={setRevoked} />
      </Card>
      <RevokeDialog member={revoked} isCentral={isCentral} onClose={() => setRevoked(null)} />
    </Section>
  );
}

interface MemberListProps {
  members: readonly MemberView[];
  onRevoke: (member: MemberView) => void;
}

function MemberList({ members, onRevoke }: MemberListProps) {
  const { t } = useTranslation();
  const { shown, more } = limitRows(members);
  if (shown.length === 0) return null;
  return (
    <>
      <ul aria-label={t('members.members')} className="divide-y divide-line">
        {shown.map((member) => (
          <MemberRow key={member.publicKey} member={member} onRevoke={() => onRevoke(member)} />
        ))}
      </ul>
      {more > 0 && <p className="pt-2.5 text-ink-2 text-small">{t('members.andMore', { count: more })}</p>}
    </>
  );
}
