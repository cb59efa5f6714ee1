import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { BrowsedPlace, type FileEnding, useBrowse } from './browsed-place.tsx';

interface FileDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Of the files that can be picked, like `.gguf`. */
  readonly ending: FileEnding;
  readonly onPick: (path: string) => void;
}

/** Lets a person go through the folders of this computer and pick a file of one kind. */
export function FileDialog({ isOpen, onClose, ending, onPick }: FileDialogProps) {
  const { t } = useTranslation();
  const { shown, open, failure } = useBrowse(isOpen, ending);
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={(isNowOpen) => !isNowOpen && onClose()}
      title={t('folders.pickFile')}
      description={t('folders.pickFileHint', { ending })}
      footer={<Button onClick={onClose}>{t('ui.cancel')}</Button>}
    >
      <div className="flex flex-col gap-3">
        <FailureNote failure={failure} />
        {shown && <BrowsedPlace shown={shown} onOpen={(path) => void open(path)} pick={{ ending, onFile: onPick }} />}
      </div>
    </Dialog>
  );
}
