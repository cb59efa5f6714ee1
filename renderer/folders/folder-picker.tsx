import { type RefObject, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { PickedFolderView } from '../../node-core/api/hands-views.ts';
import { errorText, failureText } from '../messages/failure-text.ts';
import { useCall } from '../rpc/use-call.ts';
import { useToasts } from '../ui/toast.tsx';
import { FolderDialog } from './folder-dialog.tsx';

interface FolderPickerProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** For whom the folder is picked; may have to be made first. */
  readonly ensureOwner: () => Promise<PickedFolderView['owner']>;
}

/** Lets a person go through the folders of this computer and pick one that agents may see. */
export function FolderPicker({ isOpen, onClose, ensureOwner }: FolderPickerProps) {
  const { t } = useTranslation();
  const add = useCall('folders.add');
  const toasts = useToasts();
  const isHere = useIsHere();
  const pick = async (path: string) => {
    const owner = await ensureOwner().catch((error: unknown) => {
      toasts.show({ text: errorText(t, error), status: 'bad' });
      return null;
    });
    if (!owner) return;
    const outcome = await add.run({ path, owner });
    if (outcome.isOk) onClose();
    // Making the owner may have led to another page, and this dialog is gone with the one before.
    else if (!isHere.current) toasts.show({ text: failureText(t, outcome.failure), status: 'bad' });
  };
  return (
    <FolderDialog
      isOpen={isOpen}
      onClose={onClose}
      description={t('folders.pickHint')}
      pickLabel={(name) => t('folders.pick', { name })}
      onPick={(path) => void pick(path)}
      isPicking={add.isRunning}
      failure={add.failure}
      onMove={add.clear}
    />
  );
}

/** Whether the component is still on the page. */
function useIsHere(): RefObject<boolean> {
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  return isHere;
}
