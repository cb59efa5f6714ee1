import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from './button.tsx';
import { classes } from './classes.ts';
import { type Status, StatusGlyph } from './status-glyph.tsx';

export type BannerTone = 'info' | 'ok' | 'warn' | 'bad';

const tones: Readonly<Record<BannerTone, string>> = {
  info: 'border-line bg-surface',
  ok: 'border-ok/30 bg-ok-soft',
  warn: 'border-warn/30 bg-warn-soft',
  bad: 'border-bad/30 bg-bad-soft',
};

interface BannerProps {
  tone?: BannerTone | undefined;
  /** Buttons that mend it. */
  action?: ReactNode;
  onDismiss?: (() => void) | undefined;
  className?: string | undefined;
  children: ReactNode;
}

/** A sentence at the place it belongs to. `bad` is read out at once, the others when there is quiet. */
export function Banner({ tone = 'info', action, onDismiss, className, children }: BannerProps) {
  const { t } = useTranslation();
  const glyph: Status = tone;
  const hasButtons = Boolean(action || onDismiss);
  return (
    <div
      role={tone === 'bad' ? 'alert' : 'status'}
      className={classes(
        'flex animate-appear flex-wrap items-start gap-x-3 gap-y-2 rounded-card border px-3.5 py-2.5 text-ink',
        tones[tone],
        className,
      )}
    >
      {/* Beside buttons, the first line stands at the height of their middle. */}
      <StatusGlyph status={glyph} className={hasButtons ? 'mt-[5px]' : 'mt-0.5'} />
      <div
        className={classes(
          'min-w-[min(16rem,60%)] flex-1 text-pretty [overflow-wrap:anywhere]',
          hasButtons && 'py-[calc((1.75rem-1lh)/2)]',
        )}
      >
        {children}
      </div>
      {hasButtons && (
        <div className={classes('flex flex-wrap items-center gap-2', onDismiss && 'ms-auto')}>
          {action}
          {onDismiss && (
            <Button
              variant="quiet"
              size="sm"
              icon={<X />}
              label={t('ui.dismiss')}
              onClick={onDismiss}
              className="-me-1.5"
            />
          )}
        </div>
      )}
    </div>
  );
}
