import { Folder, FolderX, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { PickedFolderView } from '../../node-core/api/hands-views.ts';
import { useCall } from '../rpc/use-call.ts';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { folderName } from './folder-crumbs.ts';

interface FolderListProps {
  readonly label: string;
  readonly folders: readonly PickedFolderView[];
}

/** Picked folders, each with a button that takes it back. */
export function FolderList({ label, folders }: FolderListProps) {
  const { t } = useTranslation();
  const remove = useCall('folders.remove');
  return (
    <>
      <FailureNote failure={remove.failure} onDismiss={remove.clear} />
      <ul aria-label={label} className="flex flex-col gap-1">
        {folders.map(({ id, path, isThere }) => (
          <li key={id} className="flex min-w-0 items-center gap-2.5">
            {isThere ? (
              <Folder aria-hidden="true" className="size-4 flex-none text-ink-2" />
            ) : (
              <FolderX aria-hidden="true" className="size-4 flex-none text-warn" />
            )}
            <span className="min-w-0 flex-1">
              <span className="block truncate">{folderName(path)}</span>
              <bdi dir="ltr" className="block text-ink-3 text-tiny [overflow-wrap:anywhere]">
                {path}
              </bdi>
              {!isThere && <span className="block text-tiny text-warn">{t('folders.notThere')}</span>}
            </span>
            <Button
              variant="quiet"
              size="sm"
              icon={<X />}
              label={t('folders.remove', { name: folderName(path) })}
              onClick={() => void remove.run({ id })}
            />
          </li>
        ))}
      </ul>
    </>
  );
}
