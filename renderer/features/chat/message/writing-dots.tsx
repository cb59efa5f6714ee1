import { useTranslation } from 'react-i18next';

/** The answer has not begun, or a tool has just ended: something goes on although there is nothing to read. */
export function WritingDots({ isQueued }: { readonly isQueued: boolean }) {
  const { t } = useTranslation();
  return (
    <p className="flex items-center gap-2 text-ink-2">
      <span aria-hidden="true" className="writing-dots flex gap-1">
        <i />
        <i />
        <i />
      </span>
      <span className="text-small">{t(isQueued ? 'chat.queued' : 'chat.thinking')}</span>
    </p>
  );
}
