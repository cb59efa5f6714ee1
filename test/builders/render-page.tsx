import { cleanup, type RenderResult, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { I18nextProvider } from 'react-i18next';
import { afterEach } from 'vitest';
import { createMessages } from '../../renderer/messages/create-messages.ts';
import { ClientProvider } from '../../renderer/rpc/client-provider.tsx';
import type { ShellClient } from '../../renderer/rpc/shell-client.ts';
import { ShellProvider } from '../../renderer/rpc/shell-provider.tsx';
import { ToastProvider } from '../../renderer/ui/toast.tsx';
import { createFakeClient, type FakeClient } from '../doubles/client.ts';

afterEach(cleanup);

/** Renders a part of the page with everything it stands on: English texts, a client, a shell if one is given, toasts. */
export function renderPage(
  part: ReactNode,
  client: FakeClient = createFakeClient(),
  shell: ShellClient | null = null,
): RenderResult {
  return render(
    <I18nextProvider i18n={createMessages('en')}>
      <ClientProvider client={client}>
        <ShellProvider shell={shell}>
          <ToastProvider>{part}</ToastProvider>
        </ShellProvider>
      </ClientProvider>
    </I18nextProvider>,
  );
}
