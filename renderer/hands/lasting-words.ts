import type { TFunction } from 'i18next';
import { type DeedSubject, usualCommandSeconds } from '../../node-core/protocol/hands/deed.ts';
import { exactName } from './exact-pieces.ts';
import { toolTitle } from './tool-title.ts';

/** Whose permission it is, and for which tool. */
interface Holder {
  readonly agent: string;
  readonly toolName: string;
}

/** What a lasting permission lets an agent do, as one sentence without its reach in time. */
export function lastingWords(t: TFunction, subject: DeedSubject, { agent, toolName }: Holder): string {
  const tool = toolTitle(t, toolName);
  switch (subject.kind) {
    case 'folder':
      return t('hands.lasting.folder', { agent, tool, folder: exactName(subject.folder) });
    case 'host':
      return t('hands.lasting.host', { agent, tool, host: exactName(subject.host) });
    case 'command':
      return t('hands.lasting.command', {
        agent,
        folder: exactName(subject.folder),
        count: subject.seconds ?? usualCommandSeconds,
      });
    case 'server-tool':
      return t('hands.lasting.server', {
        agent,
        tool: exactName(subject.toolName),
        server: exactName(subject.serverName),
      });
  }
}
