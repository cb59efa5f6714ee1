import { useTranslation } from 'react-i18next';
import { Card, Section } from '../../../ui/page.tsx';
import { StatusGlyph } from '../../../ui/status-glyph.tsx';

/** Keys in plain files: said as it is. */
export function PlainKeys() {
  const { t } = useTranslation();
  return (
    <Section title={t('keys.kept')} hint={t('keys.keptHint')}>
      <Card className="flex items-start gap-2.5">
        <StatusGlyph status="info" className="mt-0.5" />
        <p>{t('keys.plain')}</p>
      </Card>
    </Section>
  );
}
