import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fullTime } from '../../messages/time.ts';

const second = 1_000;
const minute = 60 * second;

/** When it is tried again; keeps itself true, and is not read out each time. */
export function NextTry({ at }: { readonly at: number }) {
  const { t, i18n } = useTranslation();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setTimeout(() => setNow(Date.now()), second);
    return () => clearTimeout(timer);
  });
  const left = at - now;
  const words =
    left <= 0
      ? t('join.nextTryNow')
      : left < 2 * minute
        ? t('join.nextTryInSeconds', { count: Math.ceil(left / second) })
        : t('join.nextTryInMinutes', { count: Math.ceil(left / minute) });
  return (
    <time aria-live="off" dateTime={new Date(at).toISOString()} title={fullTime(at, i18n.language)}>
      {words}
    </time>
  );
}
