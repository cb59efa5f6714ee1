import { type Screen, settingsSections } from './screen.tsx';

/** The part of the page's address that names a screen, so that reload and "back" lead where one expects. */
export function addressOf(screen: Screen): string {
  switch (screen.kind) {
    case 'chat':
      return screen.conversationId === null ? '#chat' : `#chat/${screen.conversationId}`;
    case 'settings':
      return `#settings/${screen.section}`;
    case 'welcome':
      return '#welcome';
  }
}

/** The screen that an address names; an unknown one is a new chat. */
export function screenOf(hash: string): Screen {
  const [kind, detail = ''] = hash.replace(/^#/, '').split('/');
  if (kind === 'welcome') return { kind: 'welcome' };
  if (kind === 'settings') {
    return { kind: 'settings', section: settingsSections.find((section) => section === detail) ?? 'general' };
  }
  const isId = kind === 'chat' && /^[0-9A-HJKMNP-TV-Z]{26}$/.test(detail);
  return { kind: 'chat', conversationId: isId ? detail : null };
}
