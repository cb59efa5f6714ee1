import { computerPages, type Screen, settingsSections } from './screen.tsx';

/** The part of the page's address that names a screen, so that reload and "back" lead where one expects. */
export function addressOf(screen: Screen): string {
  switch (screen.kind) {
    case 'chat':
      return screen.conversationId === null ? '#chat' : `#chat/${screen.conversationId}`;
    case 'settings':
      return `#settings/${screen.section}`;
    case 'welcome':
    case 'join':
    case 'trust':
    case 'health':
    case 'members':
    case 'notes':
      return `#${screen.kind}`;
  }
}

/** The screen that an address names; an unknown one is a new chat. */
export function screenOf(hash: string): Screen {
  const [kind, detail = ''] = hash.replace(/^#/, '').split('/');
  if (kind === 'welcome' || kind === 'join') return { kind };
  const page = computerPages.find((one) => one === kind);
  if (page !== undefined) return { kind: page };
  if (kind === 'settings') {
    return { kind: 'settings', section: settingsSections.find((section) => section === detail) ?? 'general' };
  }
  const isId = kind === 'chat' && /^[0-9A-HJKMNP-TV-Z]{26}$/.test(detail);
  return { kind: 'chat', conversationId: isId ? detail : null };
}
