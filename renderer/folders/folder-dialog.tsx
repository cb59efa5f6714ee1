import { useTranslation } from 'react-i18next';
import type { Failure } from '../../node-core/api/failures.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { BrowsedPlace, useBrowse } from './browsed-place.tsx';
import { folderName } from './folder-crumbs.ts';

interface FolderDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** What picking a folder means here. */
  readonly description: string;
  /** What the button says of the folder of that name. */
  readonly pickLabel: (name: string) => string;
  readonly onPick: (path: string) => void;
  readonly isPicking?: boolean | undefined;
  /** Why the folder was not taken; `onMove` is called when another one is looked at. */
  readonly failure?: Failure | null | undefined;
  readonly onMove?: (() => void) | undefined;
}

/** Lets a person go through the folders of this computer and choose one. */
export function FolderDialog(props: FolderDialogProps) {
  const { isOpen, onClose, description, pickLabel, onPick, isPicking, failure, onMove } = props;
  const { t } = useTranslation();
  const { shown, open, failure: notOpened } = useBrowse(isOpen);
  const go = (path: string) => {
    onMove?.();
    void open(path);
  };
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={(isNowOpen) => !isNowOpen && onClose()}
      title={t('folders.pickTitle')}
      description={description}
      footer={
        <>
          <Button onClick={onClose}>{t('ui.cancel')}</Button>
          <Button
            variant="primary"
            disabled={!shown}
            isBusy={isPicking ?? false}
            onClick={() => shown && onPick(shown.path)}
            className="max-w-full"
          >
            <span className="block truncate">{pickLabel(shown ? folderName(shown.path) : t('folders.this'))}</span>
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <FailureNote failure={failure ?? notOpened} />
        {shown && <BrowsedPlace shown={shown} onOpen={go} />}
      </div>
    </Dialog>
  );
}
