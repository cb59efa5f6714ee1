import { FolderPlus, Gauge, Pause, Pencil, Play, RefreshCw, Trash2, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { CollectionView, KnowledgeView } from '../../../node-core/api/knowledge-views.ts';
import { formatBytes } from '../../messages/numbers.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { MenuItem, MenuSeparator } from '../../ui/menu.tsx';
import { MoreMenu } from '../../ui/more-menu.tsx';
import { Card } from '../../ui/page.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { useUndoableRemoval } from '../../use-undoable-removal.ts';
import type { EditedCollection } from './collection-dialog.tsx';
import { CollectionMeaning } from './collection-meaning.tsx';
import { CollectionProgress } from './collection-progress.tsx';
import { SkippedFiles } from './skipped-files.tsx';

interface CollectionCardProps {
  collection: CollectionView;
  onEdit: (edited: EditedCollection) => void;
}

interface ShownCollectionProps extends CollectionCardProps {
  meaning: KnowledgeView['meaning'];
}

/** One collection: how far it is, what is in it and what is not, and what can be done with it. */
export function CollectionCard({ collection, onEdit, meaning }: ShownCollectionProps) {
  const { t, i18n } = useTranslation();
  const { files, bytes, roots } = collection;
  const removing = useCall('knowledge.removeRoot');
  const detail = t('knowledge.detail', {
    files: new Intl.NumberFormat(i18n.language).format(files),
    size: formatBytes(bytes, i18n.language),
  });
  return (
    <li>
      <Card>
        <div className="flex items-start gap-3">
          <div className="min-w-0 flex-1">
            <h3 className="font-semibold [overflow-wrap:anywhere]">{collection.name}</h3>
            {(files > 0 || !isBeingRead(collection)) && <p className="text-ink-2 text-small tabular-nums">{detail}</p>}
          </div>
          <CollectionMenu collection={collection} onEdit={onEdit} />
        </div>
        <CollectionProgress collection={collection} />
        <CollectionMeaning collection={collection} meaning={meaning} />
        {roots.length > 0 && (
          <ul className="mt-3 divide-y divide-line border-line border-t">
            {roots.map((root) => (
              <li key={root.id} className="flex items-center gap-2 py-1">
                <span dir="ltr" className="min-w-0 flex-1 text-small [overflow-wrap:anywhere]">
                  {root.path}
                </span>
                <Button
                  variant="quiet"
                  size="sm"
                  icon={<X />}
                  label={t('knowledge.removeRoot', { path: root.path })}
                  onClick={() => removing.run({ id: collection.id, rootId: root.id })}
                />
              </li>
            ))}
          </ul>
        )}
        <SkippedFiles skipped={collection.skipped} />
        <FailureNote failure={removing.failure} onDismiss={removing.clear} className="mt-2" />
      </Card>
    </li>
  );
}

/** How many files there are is not known yet. */
const isBeingRead = ({ state }: CollectionView): boolean => state.kind === 'looking' || state.kind === 'indexing';

function CollectionMenu({ collection, onEdit }: CollectionCardProps) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const reindex = useCall('knowledge.reindex');
  const pause = useCall('knowledge.pause');
  const remove = useUndoableRemoval('collection');
  const { id, name, isPaused } = collection;
  const readAnew = async (): Promise<void> => {
    if ((await reindex.run({ id })).isOk) toasts.show({ text: t('knowledge.reindexed', { name }), status: 'info' });
  };
  return (
    <MoreMenu label={t('knowledge.more', { name })}>
      <MenuItem icon={<FolderPlus />} onSelect={() => onEdit({ kind: 'root', collection })}>
        {t('knowledge.addRoot')}
      </MenuItem>
      <MenuItem icon={<Pencil />} onSelect={() => onEdit({ kind: 'name', collection })}>
        {t('knowledge.rename')}
      </MenuItem>
      <MenuItem icon={<Gauge />} onSelect={() => onEdit({ kind: 'limits', collection })}>
        {t('knowledge.limits')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={isPaused ? <Play /> : <Pause />} onSelect={() => pause.run({ id, isPaused: !isPaused })}>
        {t(isPaused ? 'knowledge.resume' : 'knowledge.pause')}
      </MenuItem>
      <MenuItem icon={<RefreshCw />} disabled={isPaused} onSelect={() => void readAnew()}>
        {t('knowledge.reindex')}
      </MenuItem>
      <MenuSeparator />
      <MenuItem icon={<Trash2 />} isDanger onSelect={() => void remove(id, t('knowledge.removed', { name }))}>
        {t('knowledge.remove')}
      </MenuItem>
    </MoreMenu>
  );
}
