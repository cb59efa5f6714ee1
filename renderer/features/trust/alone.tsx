import { Monitor } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { TrustView } from '../../../node-core/api/trust-views.ts';
import { useScreen } from '../../screen.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Card } from '../../ui/page.tsx';
import { OwnKey } from './own-key.tsx';

/** A computer that is in no hive, which is no lack. */
export function Alone({ trust }: { trust: TrustView }) {
  const { t } = useTranslation();
  const show = useScreen((state) => state.show);
  return (
    <>
      <Card className="mt-4.5">
        <EmptyState
          icon={<Monitor />}
          title={t('trust.alone')}
          action={
            <Button variant="primary" onClick={() => show({ kind: 'join' })}>
              {t('trust.join')}
            </Button>
          }
        >
          {t('trust.aloneHint')}
        </EmptyState>
      </Card>
      <OwnKey trust={trust} />
    </>
  );
}
