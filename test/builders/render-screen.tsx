import type { RenderResult } from '@testing-library/react';
import { type ReactNode, useEffect } from 'react';
import { ChatProvider } from '../../renderer/features/chat/chat-provider.tsx';
import type { ShellClient } from '../../renderer/rpc/shell-client.ts';
import { type Screen, ScreenProvider, type ScreenState, useScreen } from '../../renderer/screen.tsx';
import type { FakeClient } from '../doubles/client.ts';
import { renderPage } from './render-page.tsx';

/** A rendered screen and what it showed last. */
export interface RenderedScreen extends RenderResult {
  state(): ScreenState;
}

/** Renders a part of the page that changes the screen, with all it stands on. */
export function renderScreen(
  part: ReactNode,
  client: FakeClient,
  first: Screen = newChat,
  shell: ShellClient | null = null,
): RenderedScreen {
  const seen: { state: ScreenState | null } = { state: null };
  const result = renderPage(
    <ScreenProvider first={first}>
      <ChatProvider storage={null}>{part}</ChatProvider>
      <Watch
        onState={(state) => {
          seen.state = state;
        }}
      />
    </ScreenProvider>,
    client,
    shell,
  );
  const state = (): ScreenState => {
    if (!seen.state) throw new Error('nothing was rendered');
    return seen.state;
  };
  return { ...result, state };
}

const newChat: Screen = { kind: 'chat', conversationId: null };

function Watch({ onState }: { readonly onState: (state: ScreenState) => void }) {
  const state = useScreen((present) => present);
  useEffect(() => onState(state));
  return null;
}
