import { useTranslation } from 'react-i18next';
import { useWatched } from '../../rpc/use-watched.ts';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Page } from '../../ui/page.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { readQrPicture } from './read-qr-picture.ts';
import type { ReadPicture } from './use-brought.ts';
import { Wizard } from './wizard.tsx';

interface JoinPageProps {
  /** Reads the QR code of a picture. */
  readonly readPicture?: ReadPicture;
}

/** Joins a hive: one page, whose step follows from what the node says and what the person has begun here. */
export function JoinPage({ readPicture = readQrPicture }: JoinPageProps) {
  const { t } = useTranslation();
  const trust = useWatched('trust.watch', {});
  if (trust.value) return <Wizard trust={trust.value} readPicture={readPicture} />;
  return (
    <Page title={t('join.title')}>
      <div className="mt-4">
        {trust.failure ? <FailureNote failure={trust.failure} /> : <Spinner label={t('join.loading')} />}
      </div>
    </Page>
  );
}
