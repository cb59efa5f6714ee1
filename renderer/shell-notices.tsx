import { useTranslation } from 'react-i18next';
import { useShellView } from './rpc/shell-provider.tsx';
import { useShellCall } from './rpc/use-shell-call.ts';
import { shellNoticeText } from './shell-notice-text.ts';
import { Banner } from './ui/banner.tsx';

/** What the desktop app wants the person to know once, each until it is dismissed. */
export function ShellNotices() {
  const { t } = useTranslation();
  const notices = useShellView()?.notices ?? [];
  const dismiss = useShellCall('notice.dismiss');
  if (notices.length === 0) return null;
  return (
    <div className="grid max-h-[40dvh] gap-2 overflow-y-auto border-line border-b px-4 py-2 text-small">
      {notices.map(({ id, notice }) => (
        <Banner key={id} tone="warn" onDismiss={() => void dismiss.run({ id })}>
          {shellNoticeText(t, notice)}
        </Banner>
      ))}
    </div>
  );
}
