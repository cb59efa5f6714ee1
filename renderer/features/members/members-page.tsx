import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.tsx';

export function MembersPage() {
  const { t } = useTranslation();
  return <Page title={t('members.title')}>{null}</Page>;
}
