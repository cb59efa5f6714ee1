import type { TFunction } from 'i18next';
import type { ShellNotice } from '../node-core/api/shell-views.ts';

/** The sentence of something that the desktop app wants the person to know once. */
export function shellNoticeText(t: TFunction, notice: ShellNotice): string {
  switch (notice.kind) {
    case 'link-refused':
      return t(`shell.refused.${notice.reason}`);
    case 'no-tray':
      return t('shell.noticeNoTray');
    case 'save-failed':
      return t('shell.noticeSaveFailed', { name: notice.name });
    case 'page-crashed':
      return t('shell.noticePageCrashed');
    case 'graphics-off':
      return t('shell.noticeGraphicsOff');
    case 'settings-damaged':
      return t('shell.noticeSettingsDamaged', { keptAs: notice.keptAs });
    case 'settings-newer':
      return t('shell.noticeSettingsNewer', { keptAs: notice.keptAs });
  }
}
