import { FolderOpen } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FileLinesView } from '../node-core/api/knowledge-views.ts';
import { useCall } from './rpc/use-call.ts';
import { Button } from './ui/button.tsx';
import { Dialog } from './ui/dialog.tsx';
import { FailureNote } from './ui/failure-note.tsx';
import { NumberedLines } from './ui/numbered-lines.tsx';
import { Spinner } from './ui/spinner.tsx';

/** A place in a file of a collection. */
export interface FilePlace {
  /** Absolute. */
  readonly path: string;
  readonly line: number;
}

/** Shows the lines around a place of a file of a collection; `null`: closed. */
export function FileLinesDialog({
  place,
  onClose,
}: {
  readonly place: FilePlace | null;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation();
  const { run, failure } = useCall('knowledge.lines');
  const opening = useCall('knowledge.openFolder');
  const [found, setFound] = useState<FileLinesView | null>(null);
  useEffect(() => {
    if (place === null) return;
    let isCurrent = true;
    setFound(null);
    void run({ path: place.path, line: place.line }).then((outcome) => {
      if (isCurrent && outcome.isOk) setFound(outcome.value);
    });
    return () => {
      isCurrent = false;
    };
  }, [place, run]);
  if (place === null) return null;
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={found?.name ?? t('knowledge.file')}
      description={<span className="[overflow-wrap:anywhere]">{place.path}</span>}
      size="lg"
      footer={
        <Button icon={<FolderOpen />} isBusy={opening.isRunning} onClick={() => opening.run({ path: place.path })}>
          {t('knowledge.openFolder')}
        </Button>
      }
    >
      <FailureNote failure={failure ?? opening.failure} />
      {!found && !failure && <Spinner label={t('knowledge.loadingFile')} />}
      {found?.isDocument && (
        <p className="mb-2 text-ink-2 text-small">
          {found.page === null ? t('knowledge.documentText') : t('knowledge.documentTextOnPage', { page: found.page })}
        </p>
      )}
      {found && <NumberedLines lines={found.lines} from={found.from} target={place.line} />}
    </Dialog>
  );
}
