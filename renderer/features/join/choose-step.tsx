import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { readersSentence } from '../../messages/readers.ts';
import { useWatched } from '../../rpc/use-watched.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { classes } from '../../ui/classes.ts';
import { Page } from '../../ui/page.tsx';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { hiveName } from './hive-name.ts';
import type { Membership } from './join-stage.ts';
import { LinkForm } from './link-form.tsx';

interface ChooseStepProps {
  /** A membership that has ended. */
  readonly ended: Membership | null;
  readonly onLink: (link: string) => void;
  /** Shows the other ways to bring an invitation. */
  readonly onEnter: () => void;
  /** What went wrong with what was pasted or dropped. */
  readonly problem: ReactNode;
}

/** The two ways to work: alone, or in a hive. */
export function ChooseStep({ ended, onLink, onEnter, problem }: ChooseStepProps) {
  const { t } = useTranslation();
  return (
    <Page title={t('join.title')}>
      {ended && (
        <Banner tone="warn" className="mt-4">
          {t('join.ended', { hive: hiveName(t, ended.hiveName) })}
        </Banner>
      )}
      <div className="mt-6 grid items-stretch gap-4 sm:grid-cols-2">
        <Way title={t('join.flat')} isPresent={!ended}>
          <FlatSentence />
        </Way>
        <Way
          title={t('join.hive')}
          action={
            <Button variant="quiet" onClick={onEnter} className="-ms-3">
              {t('join.otherWays')}
            </Button>
          }
        >
          <p>{t('join.hiveHint')}</p>
          <p>{t('join.hiveNext')}</p>
          <LinkForm onLink={onLink} className="mt-2 text-ink" />
        </Way>
      </div>
      <div className="mt-4">{problem}</div>
    </Page>
  );
}

/** Who is contacted by a node that works alone, computed from the model that answers. */
function FlatSentence() {
  const { t } = useTranslation();
  const chosen = useWatched('models.watch', {}).value?.chosen;
  return (
    <>
      <p>{t('join.flatHint')}</p>
      {chosen !== undefined && <p>{readersSentence(t, chosen?.model.location ?? null, chosen?.providerName ?? '')}</p>}
    </>
  );
}

interface WayProps {
  readonly title: string;
  readonly isPresent?: boolean;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

function Way({ title, isPresent = false, action, children }: WayProps) {
  const { t } = useTranslation();
  return (
    <section
      className={classes(
        'flex flex-col gap-3 rounded-sheet border bg-surface px-5 py-4 shadow-near',
        isPresent ? 'border-accent' : 'border-line',
      )}
    >
      <h2 className="font-semibold text-lead">{title}</h2>
      <div className="flex flex-1 flex-col gap-1.5 text-pretty text-ink-2">{children}</div>
      <div className="flex min-h-9 items-center">
        {isPresent && (
          <p className="flex items-center gap-2 font-medium">
            <StatusGlyph status="ok" />
            {t('join.isNow')}
          </p>
        )}
        {action}
      </div>
    </section>
  );
}
