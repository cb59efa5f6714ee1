import { useTranslation } from 'react-i18next';
import type { ProviderView } from '../../../node-core/api/model-views.ts';
import { failureText } from '../../messages/failure-text.ts';
import { RelativeTime } from '../../ui/relative-time.tsx';

/** Whether a provider answers, how old that knowledge is, and otherwise why not. */
export function ProviderState({ state }: { state: ProviderView['state'] }) {
  const { t } = useTranslation();
  switch (state.kind) {
    case 'unknown':
      return t('models.stateUnknown');
    case 'answering':
      return (
        <>
          {t('models.stateAnswering')} · <RelativeTime at={state.at} />
        </>
      );
    case 'failing':
      return (
        <>
          {t('models.stateFailing')} · <RelativeTime at={state.at} />
          <span className="block">{failureText(t, state.failure)}</span>
        </>
      );
  }
}
