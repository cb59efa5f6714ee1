import { useTranslation } from 'react-i18next';
import { dayTime, fullTime } from '../../messages/time.ts';
import { classes } from '../../ui/classes.ts';
import { useNow } from '../../use-now.ts';
import { type Lifetime, shareLeft } from './chain-links.ts';

const minute = 60_000;
/** Below this share of its lifetime a certificate ought to have been renewed (interface.md, `degraded`). */
const lateShare = 0.25;

interface ValidityBarProps {
  lifetime: Lifetime;
  /** When it renews itself, ms since the epoch by this computer's clock; `null`: nothing renews it here. */
  renewsAt: number | null;
}

/** How much of a certificate's time is left, as a bar and in words. */
export function ValidityBar({ lifetime, renewsAt }: ValidityBarProps) {
  const { t, i18n } = useTranslation();
  const now = useNow(minute);
  const share = shareLeft(lifetime, now);
  const hasEnded = lifetime.until < now;
  const until = dayTime(lifetime.until, i18n.language);
  const words = hasEnded ? t('trust.endedOn', { until }) : t('trust.validUntil', { until });
  return (
    <>
      <Bar share={share} />
      <p className={classes('text-tiny', hasEnded ? 'font-semibold text-bad' : 'text-ink-3')}>
        <span title={fullTime(lifetime.until, i18n.language)}>{words}</span>
        {renewsAt !== null && (
          <span title={fullTime(renewsAt, i18n.language)}>
            {renewsAt <= now
              ? t('trust.renewsNow')
              : t('trust.renewsItself', { renewal: dayTime(renewsAt, i18n.language) })}
          </span>
        )}
      </p>
    </>
  );
}

function Bar({ share }: { share: number }) {
  const { t } = useTranslation();
  const percent = Math.round(share * 100);
  return (
    <div
      role="progressbar"
      aria-label={t('trust.timeLeft')}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      aria-valuetext={t('trust.percentLeft', { percent })}
      className="mt-3 mb-1.5 h-1.5 overflow-hidden rounded-full bg-sunken"
    >
      <div
        className={classes('h-full rounded-full', share < lateShare ? 'bg-warn' : 'bg-ok')}
        style={{ width: `${percent}%` }}
      />
    </div>
  );
}
