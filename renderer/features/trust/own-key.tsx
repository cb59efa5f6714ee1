import { useTranslation } from 'react-i18next';
import type { TrustView } from '../../../node-core/api/trust-views.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Fact, Facts } from '../../ui/facts.tsx';
import { FourWords } from '../../ui/four-words.tsx';
import { Fold } from './fold.tsx';

/** By what this computer is told apart, on demand. */
export function OwnKey({ trust }: { trust: TrustView }) {
  const { t } = useTranslation();
  return (
    <Fold label={t('trust.ownKey')}>
      <Facts>
        <Fact name={t('trust.name')}>{trust.nodeName}</Fact>
        <Fact name={t('trust.words')}>
          <FourWords words={trust.ownWords} />
        </Fact>
        <Fact
          name={t('trust.key')}
          action={<CopyButton text={trust.publicKey} label={t('trust.copyOwnKey')} size="sm" />}
        >
          <span dir="ltr" className="font-mono text-small">
            {trust.publicKey}
          </span>
        </Fact>
      </Facts>
    </Fold>
  );
}
