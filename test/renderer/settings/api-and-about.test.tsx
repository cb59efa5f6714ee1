import { fireEvent, screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../node-core/api/failures.ts';
import { AboutSection } from '../../../renderer/features/settings/about-section.tsx';
import { curlExample, pythonExample } from '../../../renderer/features/settings/api-examples.ts';
import { ApiSection } from '../../../renderer/features/settings/api-section.tsx';
import { renderPage } from '../../builders/render-page.tsx';
import { createFakeClient, type FakeClient } from '../../doubles/client.ts';

function openApi(): FakeClient {
  const client = createFakeClient({
    calls: {
      'api.info': () => ({
        address: 'http://127.0.0.1:6777',
        port: 6777,
        openAiAddress: 'http://127.0.0.1:6777/v1',
        obstacle: null,
      }),
      'api.token': () => ({ token: 'first-token' }),
      'api.renewToken': () => ({ token: 'second-token' }),
    },
  });
  renderPage(<ApiSection />, client);
  return client;
}

describe('API', () => {
  it('shows the token only when asked, and fills it into the examples', async () => {
    const client = openApi();
    expect(await screen.findByText('http://127.0.0.1:6777/v1')).toBeTruthy();
    expect(client.inputs('api.token')).toEqual([]);
    expect(document.body.textContent).toContain('YOUR-TOKEN');
    fireEvent.click(screen.getByRole('button', { name: 'Show' }));
    expect(await screen.findByText('first-token')).toBeTruthy();
    expect(document.body.textContent).toContain('Bearer first-token');
    fireEvent.click(screen.getByRole('button', { name: 'Hide' }));
    expect(document.body.textContent).not.toContain('first-token');
  });

  it('renews the token after a question', async () => {
    const client = openApi();
    fireEvent.click(await screen.findByRole('button', { name: 'Renew' }));
    expect(screen.getByText(/Programs that use the old token are refused/)).toBeTruthy();
    expect(client.inputs('api.renewToken')).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Renew' }));
    expect(await screen.findByText('second-token')).toBeTruthy();
    expect(screen.getByText('The token was renewed.')).toBeTruthy();
  });

  it('says why the token cannot be shown', async () => {
    const client = openApi();
    client.answer('api.token', () => {
      throw new FailureError({ kind: 'secret-unreadable', name: 'api.chat-token', reason: 'no access' });
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Show' }));
    expect(await screen.findByText(/“api.chat-token” cannot be read/)).toBeTruthy();
  });

  it('says what to do where the node does not listen', async () => {
    const client = createFakeClient({
      calls: { 'api.info': () => ({ address: null, port: null, openAiAddress: null, obstacle: null }) },
    });
    renderPage(<ApiSection />, client);
    expect(await screen.findByText(/does not listen for other programs/)).toBeTruthy();
  });

  it.each([
    ['another Nunba (1.2.3)', /on port 6778 for now, because 6777 was taken by another Nunba \(1.2.3\)/],
    [null, /on port 6778 for now, because 6777 was taken\. /],
  ])('says which port it listens on where the other is taken by %s', async (heldBy, words) => {
    const at = { address: 'http://127.0.0.1:6778', port: 6778, openAiAddress: 'http://127.0.0.1:6778/v1' };
    const obstacle = { kind: 'port-taken', port: 6777, heldBy, freePort: 6778 } as const;
    renderPage(<ApiSection />, createFakeClient({ calls: { 'api.info': () => ({ ...at, obstacle }) } }));
    expect(await screen.findByText(words)).toBeTruthy();
    expect(screen.getByText('http://127.0.0.1:6778/v1')).toBeTruthy();
  });

  it('says why it does not listen where no port can be had', async () => {
    const obstacle = { kind: 'port-taken', port: 6777, heldBy: 'another program', freePort: null } as const;
    const info = { address: null, port: null, openAiAddress: null, obstacle };
    renderPage(<ApiSection />, createFakeClient({ calls: { 'api.info': () => info } }));
    expect(await screen.findByText(/Port 6777 is taken by another program, and so are the next ones/)).toBeTruthy();
  });

  it('has examples that are what they say', () => {
    const curl = curlExample('http://127.0.0.1:6777/v1', 't');
    const body = /-d '(.*)'$/.exec(curl)?.[1] ?? '';
    expect(JSON.parse(body)).toMatchObject({ model: 'nunba', messages: [{ role: 'user' }] });
    expect(curl).toContain('curl http://127.0.0.1:6777/v1/chat/completions');
    expect(pythonExample('http://127.0.0.1:6777/v1', 't')).toContain(
      'OpenAI(base_url="http://127.0.0.1:6777/v1", api_key="t")',
    );
  });
});

describe('About', () => {
  it('has version, runtime, folder, hosts with their purpose, and licences', async () => {
    const client = createFakeClient({
      calls: {
        'about.get': () => ({
          version: '0.1.0',
          dataFolder: '/home/anna/Nunba',
          runtime: 'Node 24.21.0',
          licences: [{ name: 'zod', version: '4.6.7', licence: 'MIT' }],
          contacts: [
            { host: '127.0.0.1:11434', purpose: 'model-discovery', name: 'Ollama', location: 'this-computer' },
            { host: 'api.openai.com', purpose: 'model', name: 'OpenAI', location: 'cloud' },
          ],
        }),
      },
    });
    renderPage(<AboutSection />, client);
    expect(await screen.findByText('Node 24.21.0')).toBeTruthy();
    const rows = screen.getAllByRole('listitem').map((row) => row.textContent);
    expect(rows).toContain('127.0.0.1:11434Ollama: looks whether it runs hereThis computer');
    expect(rows).toContain('api.openai.comOpenAI: answers of its modelsInternet');
    expect(screen.getByText('1 package')).toBeTruthy();
    expect(rows.some((row) => row?.includes('MIT'))).toBe(true);
  });

  it('says why it cannot tell', async () => {
    const client = createFakeClient();
    client.answer('about.get', () => {
      throw new FailureError({ kind: 'disconnected' });
    });
    renderPage(<AboutSection />, client);
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('runtime is gone'));
  });
});
