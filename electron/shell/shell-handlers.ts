import type { ShellCallHandlers } from '../../node-core/api/shell-contract.ts';
import type { OpenedLinks } from '../links/opened-links.ts';
import type { LogHandlers } from '../logs/log-handlers.ts';
import type { ShellNode } from '../node/start-node.ts';
import { settingsHandlers } from '../settings/settings-handlers.ts';
import type { ShellSettings } from '../settings/shell-settings.ts';
import type { ShellUpdates } from '../updates/start-updates.ts';
import type { ShellState } from './shell-state.ts';

/** Whoever answers the page's calls. */
export interface ShellParts {
  readonly state: ShellState;
  readonly node: Pick<ShellNode, 'restart'>;
  readonly settings: ShellSettings;
  readonly updates: Pick<ShellUpdates, 'handlers'>;
  readonly logs: LogHandlers;
  readonly links: Pick<OpenedLinks, 'chatTaken' | 'joinTaken'>;
}

/** Puts the answers to the page's calls together; a call that nobody answers does not compile. */
export function shellHandlers({ state, node, settings, updates, logs, links }: ShellParts): ShellCallHandlers {
  return {
    'runtime.restart': () => {
      node.restart();
      return {};
    },
    ...logs,
    ...settingsHandlers(settings),
    ...updates.handlers,
    'linkedChat.taken': ({ id }) => {
      links.chatTaken(id);
      return {};
    },
    'linkedJoin.taken': ({ id }) => {
      links.joinTaken(id);
      return {};
    },
    'notice.dismiss': ({ id }) => {
      state.dismiss(id);
      return {};
    },
  };
}
