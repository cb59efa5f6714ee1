import { FolderPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FolderList } from '../../folders/folder-list.tsx';
import { FolderPicker } from '../../folders/folder-picker.tsx';
import { usePickedFolders } from '../../folders/use-picked-folders.ts';
import { Button } from '../../ui/button.tsx';

/** The folders that an agent sees in every chat. Kept at once, apart from the rest of the form. `null`: it is not saved yet. */
export function FoldersField({ agentId }: { readonly agentId: string | null }) {
  const { t } = useTranslation();
  const seen = usePickedFolders(agentId, null);
  const [isPicking, setPicking] = useState(false);
  return (
    <section className="flex flex-col items-start gap-2" aria-label={t('folders.fieldTitle')}>
      <p className="font-semibold">{t('folders.fieldTitle')}</p>
      <p className="max-w-[68ch] text-pretty text-ink-2 text-small">
        {t(agentId === null ? 'folders.fieldLater' : 'folders.fieldHint')}
      </p>
      {seen && seen.ofAgent.length > 0 && (
        <div className="w-full">
          <FolderList label={t('folders.fieldTitle')} folders={seen.ofAgent} />
        </div>
      )}
      {agentId !== null && (
        <>
          <Button size="sm" icon={<FolderPlus />} onClick={() => setPicking(true)}>
            {t('folders.add')}
          </Button>
          <FolderPicker
            isOpen={isPicking}
            onClose={() => setPicking(false)}
            ensureOwner={async () => ({ kind: 'agent', agentId })}
          />
        </>
      )}
    </section>
  );
}
