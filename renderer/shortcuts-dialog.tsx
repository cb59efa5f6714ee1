import { useTranslation } from 'react-i18next';
import { isApple, keysOf } from './shortcuts.ts';
import { Dialog } from './ui/dialog.tsx';
import { Kbd } from './ui/kbd.tsx';

interface ShortcutsDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

/** Every key that does something. */
export function ShortcutsDialog({ isOpen, onClose }: ShortcutsDialogProps) {
  const { t } = useTranslation();
  const isMac = isApple(navigator.platform);
  const rows = [
    ['new-chat', keysOf('new-chat', isMac)],
    ['search', keysOf('search', isMac)],
    ['focus-composer', '/'],
    ['send', 'Enter'],
    ['newline', 'Shift Enter'],
    ['stop', 'Esc'],
    ['lists', '↑ ↓'],
    ['rename', 'F2'],
    ['settings', keysOf('settings', isMac)],
    ['shortcuts', '?'],
  ] as const;
  return (
    <Dialog isOpen={isOpen} onOpenChange={(open) => !open && onClose()} title={t('app.shortcuts')} size="sm">
      <dl className="divide-y divide-line">
        {rows.map(([name, keys]) => (
          <div key={name} className="flex items-center justify-between gap-4 py-2">
            <dt>{t(`app.shortcut.${name}`)}</dt>
            <dd>
              <Kbd>{keys}</Kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
