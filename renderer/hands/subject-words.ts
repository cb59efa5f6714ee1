import type { TFunction } from 'i18next';
import type { DeedSubject } from '../../node-core/protocol/hands/deed.ts';
import { exactName } from './exact-pieces.ts';
import { lastName } from './path-names.ts';

/** What a lasting permission is about, in a few words: "changes in Invoices". */
export function subjectWords(t: TFunction, subject: DeedSubject): string {
  switch (subject.kind) {
    case 'folder':
      return t('hands.subject.folder', { folder: exactName(lastName(subject.folder)) });
    case 'host':
      return t('hands.subject.host', { host: exactName(subject.host) });
    case 'command':
      return t('hands.subject.command');
    case 'server-tool':
      return t('hands.subject.server', { tool: exactName(subject.toolName), server: exactName(subject.serverName) });
  }
}
