import { cleanup, type RenderResult, render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { I18nextProvider } from 'react-i18next';
import { afterEach } from 'vitest';
import { createMessages } from '../../renderer/messages/create-messages.ts';
import { ClientProvider } from '../../renderer/rpc/client-provider.tsx';
import { ToastProvider } from '../../renderer/ui/toast.tsx';
import { createFakeClient, type FakeClient } from '../doubles/client.ts';

afterEach(cleanup);

/** Renders a part of the page with everything it stands on: English texts, a client, toasts. */
export function renderPage(part: ReactNode, client: FakeClient = createFakeClient()): RenderResult {
  return render(
    <I18nextProvider i18n={createMessages('en')}>
      <ClientProvider client={client}>
        <ToastProvider>{part}</ToastProvider>
      </ClientProvider>
    </I18nextProvider>,
  );
}
