import { useTranslation } from 'react-i18next';
import type { PendingPrompt } from '../composer/draft-store.ts';
import { Bubble } from './bubble.tsx';

/** A prompt that is on its way to the node: shown at once, in the place where it will stand. */
export function PendingMessage({ prompt }: { readonly prompt: PendingPrompt }) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col items-end gap-1 opacity-80">
      <Bubble text={prompt.text} />
      <span className="animate-appear text-ink-3 text-tiny [animation-delay:400ms] [animation-fill-mode:both]">
        {t('chat.sending')}
      </span>
    </div>
  );
}
