import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fullTime, refreshAfterMs, relativeTime } from '../messages/time.ts';
import { classes } from './classes.ts';

interface RelativeTimeProps {
  /** ms since the epoch */
  at: number;
  className?: string | undefined;
}

/** How long ago something was; the full time on hover. Keeps itself true. */
export function RelativeTime({ at, className }: RelativeTimeProps) {
  const { t, i18n } = useTranslation();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setTimeout(() => setNow(Date.now()), refreshAfterMs(at, now));
    return () => clearTimeout(timer);
  }, [at, now]);
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={fullTime(at, i18n.language)}
      className={classes('whitespace-nowrap', className)}
    >
      {relativeTime(t, i18n.language, at, Math.max(at, now))}
    </time>
  );
}
