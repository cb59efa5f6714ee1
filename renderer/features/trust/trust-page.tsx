import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.tsx';

export function TrustPage() {
  const { t } = useTranslation();
  return <Page title={t('trust.title')}>{null}</Page>;
}
