import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.tsx';

export function HealthPage() {
  const { t } = useTranslation();
  return <Page title={t('checks.title')}>{null}</Page>;
}
