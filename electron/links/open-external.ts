import { BrowserWindow, dialog, type MessageBoxOptions, shell } from 'electron';
import { mostTrustedHosts } from '../../node-core/api/shell-views.ts';
import type { ShellSettings } from '../settings/shell-settings.ts';
import { canTrust, decideExternal, type ExternalLink } from './external-link.ts';

/**
 * Gives what opens addresses outside of the app: asks first, with Cancel as the answer of an absent mind; asks one
 * question at a time and drops what comes meanwhile.
 */
export function createExternalOpener(settings: ShellSettings): (address: string) => void {
  let isAsking = false;
  const decideAndOpen = async (address: string): Promise<void> => {
    const link = decideExternal(address, settings.get().trustedHosts);
    if (link.kind === 'refused' || isAsking) return;
    if (link.kind === 'ask') {
      isAsking = true;
      const isAllowed = await ask(link, settings).finally(() => {
        isAsking = false;
      });
      if (!isAllowed) return;
    }
    await shell.openExternal(link.address);
  };
  return (address) => {
    decideAndOpen(address).catch((error: unknown) => console.error('A link could not be opened:', error));
  };
}

type Question = Extract<ExternalLink, { kind: 'ask' }>;

async function ask(link: Question, settings: ShellSettings): Promise<boolean> {
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  const question = questionOf(link);
  const answer = window ? await dialog.showMessageBox(window, question) : await dialog.showMessageBox(question);
  const isAllowed = answer.response === 0;
  if (isAllowed && answer.checkboxChecked && link.host !== null && canTrust(link)) trust(settings, link.host);
  return isAllowed;
}

function trust(settings: ShellSettings, host: string): void {
  settings.remember({ trustedHosts: [...settings.get().trustedHosts, host].slice(-mostTrustedHosts) });
}

/** The words of the question. */
export function questionOf(link: Question): MessageBoxOptions {
  const warning =
    link.drawnHost === null ? [] : [`This host can look like “${link.drawnHost}”, which may pose as another.`];
  const consequence =
    link.host === null
      ? 'It leaves Nunba. Nothing is sent before you send it there.'
      : 'It leaves Nunba, and whoever runs it sees that you came.';
  return {
    type: 'question',
    title: 'Nunba',
    message: link.host === null ? 'Write an e-mail in your mail program?' : `Open ${link.host} in your browser?`,
    detail: [link.shown, ...warning, consequence].join('\n\n'),
    buttons: [link.host === null ? 'Write' : 'Open', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
    ...(link.host !== null && canTrust(link)
      ? { checkboxLabel: `Always open links to ${link.host}`, checkboxChecked: false }
      : {}),
  };
}
