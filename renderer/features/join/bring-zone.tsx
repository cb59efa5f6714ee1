import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { failureText } from '../../messages/failure-text.ts';
import { Banner } from '../../ui/banner.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { type Brought, type ReadPicture, useBrought } from './use-brought.ts';

interface BringZoneProps {
  readonly onLink: (link: string) => void;
  readonly readPicture: ReadPicture;
  /** @param problem what went wrong with what was brought, or that it is read */
  readonly children: (problem: ReactNode, takePicture: (picture: Blob) => void) => ReactNode;
}

/** The part of the page onto which a link or a picture of one can be pasted and dropped. */
export function BringZone({ onLink, readPicture, children }: BringZoneProps) {
  const { t } = useTranslation();
  const page = useRef<HTMLDivElement>(null);
  const brought = useBrought(page, onLink, readPicture);
  return (
    <div ref={page} className="relative h-full" {...brought.dropHandlers}>
      {children(<Problem brought={brought} />, brought.takePicture)}
      {brought.isOver && (
        <div className="pointer-events-none absolute inset-2 grid place-items-center rounded-sheet border-2 border-accent border-dashed bg-accent-soft/80">
          <p className="font-semibold text-lead">{t('join.dropHere')}</p>
        </div>
      )}
    </div>
  );
}

function Problem({ brought: { isReading, problem } }: { readonly brought: Brought }) {
  const { t } = useTranslation();
  if (isReading) {
    return (
      <div className="mt-4">
        <Spinner label={t('join.readingPicture')} />
      </div>
    );
  }
  if (problem === null) return null;
  return (
    <Banner tone="bad" className="mt-4">
      {problem === 'no-link-in-text'
        ? failureText(t, { kind: 'link-invalid', defect: 'not-a-join-link', reason: '' })
        : t(`join.picture.${problem}`)}
    </Banner>
  );
}
