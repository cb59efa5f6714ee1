import { ShieldCheck } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useNames } from '../../hands/use-names.ts';
import { useWatched } from '../../rpc/use-watched.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { FocusHome } from '../../ui/focus-home.tsx';
import { Card, Section } from '../../ui/page.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { AddFolder } from './add-folder.tsx';
import { GrantList } from './grant-list.tsx';
import { PickedFolders } from './picked-folders.tsx';

/** Everything that agents may do without asking, and the folders that they see. Each can be taken back here. */
export function PermissionsSection() {
  const { t } = useTranslation();
  const { value: hands, failure } = useWatched('hands.watch', {});
  const names = useNames();
  if (failure) return <FailureNote failure={failure} className="mt-7" />;
  if (!hands) return <Spinner label={t('permissions.loading')} className="mt-7" />;
  return (
    <>
      <Section title={t('permissions.title')} hint={t('permissions.hint')}>
        <Card>
          <FocusHome>
            {hands.grants.length === 0 ? (
              <EmptyState icon={<ShieldCheck />} title={t('permissions.none')}>
                {t('permissions.noneHint')}
              </EmptyState>
            ) : (
              <GrantList grants={hands.grants} names={names} />
            )}
          </FocusHome>
        </Card>
      </Section>
      <Section title={t('permissions.folders')} hint={t('permissions.foldersHint')} actions={<AddFolder />}>
        <Card>
          <FocusHome>
            <PickedFolders folders={hands.folders} names={names} />
          </FocusHome>
        </Card>
      </Section>
    </>
  );
}
