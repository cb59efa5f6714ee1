import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.tsx';

export function JoinPage() {
  const { t } = useTranslation();
  return <Page title={t('join.title')}>{null}</Page>;
}
