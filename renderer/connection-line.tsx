import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useShellView } from './rpc/shell-provider.tsx';
import { useConnection } from './rpc/use-connection.ts';
import { RuntimeBanner } from './runtime-banner.tsx';
import { Spinner } from './ui/spinner.tsx';

/** A shorter break is not worth a word, ms. */
const patienceMs = 800;

/** Says calmly that the connection is gone, while it is being made again; the desktop app knows also why. */
export function ConnectionLine() {
  const runtime = useShellView()?.runtime;
  if (!runtime) return <LostLine />;
  return (
    <>
      <RuntimeBanner runtime={runtime} />
      {(runtime.kind === 'running' || runtime.kind === 'starting') && <LostLine />}
    </>
  );
}

function LostLine() {
  const { t } = useTranslation();
  const isLost = useConnection().kind === 'lost';
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    if (!isLost) {
      setShown(false);
      return;
    }
    const timer = setTimeout(() => setShown(true), patienceMs);
    return () => clearTimeout(timer);
  }, [isLost]);
  return (
    <div role="status" className="empty:hidden">
      {isShown && (
        <p className="flex animate-appear items-center justify-center gap-2.5 border-line border-b bg-warn-soft px-4 py-1.5 text-small">
          <Spinner />
          {t('app.lost')}
        </p>
      )}
    </div>
  );
}
