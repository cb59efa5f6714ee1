import { useEffect } from 'react';
import type { ShellCommand } from '../node-core/api/shell-views.ts';
import { useShell } from './rpc/shell-provider.tsx';
import { type ScreenState, settingsSections, useScreen } from './screen.tsx';

type Acts = Pick<ScreenState, 'show' | 'showQuestion' | 'showStorage' | 'newChat'> & {
  /** Opens what lies above the screen. */
  readonly open: (overlay: 'search' | 'shortcuts') => void;
};

/** Does what a menu, the tray or a notification of the desktop asks for. `open` must not change between renders. */
export function useShellCommands(open: Acts['open']): void {
  const shell = useShell();
  const show = useScreen((state) => state.show);
  const showQuestion = useScreen((state) => state.showQuestion);
  const showStorage = useScreen((state) => state.showStorage);
  const newChat = useScreen((state) => state.newChat);
  useEffect(
    () => shell?.onCommand((command) => obey(command, { show, showQuestion, showStorage, newChat, open })),
    [shell, show, showQuestion, showStorage, newChat, open],
  );
}

function obey(command: ShellCommand, { show, showQuestion, showStorage, newChat, open }: Acts): void {
  switch (command.kind) {
    case 'new-chat':
      newChat();
      break;
    case 'search':
    case 'shortcuts':
      open(command.kind);
      break;
    case 'import':
    case 'export':
      showStorage(command.kind);
      break;
    case 'settings':
      show({ kind: 'settings', section: settingsSections.find((one) => one === command.section) ?? 'general' });
      break;
    case 'conversation':
      showQuestion(command.id);
      break;
    case 'page':
      show({ kind: command.page });
      break;
    case 'focus-composer':
      focusComposer(newChat);
  }
}

function focusComposer(newChat: () => void): void {
  const composer = document.querySelector<HTMLElement>('#screen textarea');
  if (composer) composer.focus();
  else newChat();
}
