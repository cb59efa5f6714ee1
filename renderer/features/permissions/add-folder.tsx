import { FolderPlus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FolderPicker } from '../../folders/folder-picker.tsx';
import { seesFolders } from '../../folders/sees-folders.ts';
import { useWatched } from '../../rpc/use-watched.ts';
import { Button } from '../../ui/button.tsx';
import { DropdownMenu, MenuGroup, MenuItem } from '../../ui/menu.tsx';

/** Lets the person pick a folder for one of the agents that have tools for files. */
export function AddFolder() {
  const { t } = useTranslation();
  const agents = (useWatched('agents.watch', {}).value ?? []).filter(seesFolders);
  const [agentId, setAgentId] = useState<string | null>(null);
  if (agents.length === 0) return null;
  return (
    <>
      <DropdownMenu
        align="end"
        trigger={
          <Button size="sm" icon={<FolderPlus />}>
            {t('folders.add')}
          </Button>
        }
      >
        <MenuGroup label={t('permissions.forWhom')}>
          {agents.map(({ id, name }) => (
            <MenuItem key={id} onSelect={() => setAgentId(id)}>
              {name}
            </MenuItem>
          ))}
        </MenuGroup>
      </DropdownMenu>
      {agentId !== null && (
        <FolderPicker isOpen onClose={() => setAgentId(null)} ensureOwner={async () => ({ kind: 'agent', agentId })} />
      )}
    </>
  );
}
