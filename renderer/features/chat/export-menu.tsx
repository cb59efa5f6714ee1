import { Download } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failureText } from '../../messages/failure-text.ts';
import { useClient } from '../../rpc/client-provider.tsx';
import { failureFrom } from '../../rpc/failure-from.ts';
import { useShell } from '../../rpc/shell-provider.tsx';
import { Button } from '../../ui/button.tsx';
import { DropdownMenu, MenuItem } from '../../ui/menu.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { readExport } from './read-export.ts';

interface ExportMenuProps {
  readonly conversationId: string;
  readonly disabled: boolean;
}

/** Saves the conversation as a file: as the browser is set up, or where the person tells the desktop app to. */
export function ExportMenu({ conversationId, disabled }: ExportMenuProps) {
  const { t } = useTranslation();
  const client = useClient();
  const toasts = useToasts();
  const asksWhere = useShell() !== null;
  const [isBusy, setBusy] = useState(false);
  const save = async (format: 'markdown' | 'json') => {
    setBusy(true);
    try {
      const { fileName, blob } = await readExport(client, conversationId, format);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(blob);
      link.download = fileName;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
      toasts.show({ text: t(asksWhere ? 'chat.exportAsksWhere' : 'chat.exported', { name: fileName }) });
    } catch (error) {
      toasts.show({ text: failureText(t, failureFrom(error)), status: 'bad' });
    } finally {
      setBusy(false);
    }
  };
  return (
    <DropdownMenu
      align="end"
      trigger={
        <Button variant="quiet" size="sm" icon={<Download />} isBusy={isBusy} disabled={disabled}>
          {t('chat.export')}
        </Button>
      }
    >
      <MenuItem onSelect={() => void save('markdown')}>{t('chat.exportMarkdown')}</MenuItem>
      <MenuItem onSelect={() => void save('json')}>{t('chat.exportJson')}</MenuItem>
    </DropdownMenu>
  );
}
