import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { ImportEntry, ToolServerDraft, ToolServerView } from '../../../node-core/api/mcp-views.ts';
import { AgentsSection } from '../../../renderer/features/agents/agents-section.tsx';
import { ToolServersSection } from '../../../renderer/features/tool-servers/tool-servers-section.tsx';
import { anAgent } from '../../builders/agent-view.ts';
import { modelsView } from '../../builders/models-view.ts';
import { renderPage } from '../../builders/render-page.tsx';
import { aServerTool, aToolServer } from '../../builders/tool-server-view.ts';
import { createFakeClient, type FakeClient } from '../../doubles/client.ts';

const grant = {
  id: '01ARZ3NDEKTSV4RRFFQ69G5FAW',
  agentId: 'own-1',
  toolName: 'weather__order',
  subject: {
    kind: 'server-tool' as const,
    serverId: '01ARZ3NDEKTSV4RRFFQ69G5FAV',
    serverName: 'Weather',
    toolName: 'order',
  },
  conversationId: null,
  givenAt: 1_000,
};

const lineOf = (draft: ToolServerDraft): string =>
  draft.kind === 'stdio' ? [draft.command, ...draft.args].join(' ') : draft.url;

function open(servers: ToolServerView[]): FakeClient {
  const client = createFakeClient({
    first: { 'toolServers.watch': servers, 'hands.watch': { grants: [grant], folders: [], waiting: [] } },
    calls: {
      'toolServers.preview': (draft) => ({ line: lineOf(draft) }),
      'toolServers.add': () => ({ id: 'new-1' }),
      'toolServers.update': () => ({}),
      'toolServers.start': () => ({}),
      'toolServers.stop': () => ({}),
      'toolServers.remove': () => ({}),
      'toolServers.restore': () => ({}),
      'toolServers.logs': () => ({ lines: ['listening', 'cannot find my settings'] }),
    },
  });
  renderPage(<ToolServersSection />, client);
  return client;
}

const field = (name: string): HTMLElement => screen.getByRole('textbox', { name });
const write = (name: string, value: string) => fireEvent.change(field(name), { target: { value } });

describe('adding a server by form', () => {
  it('shows all of what is run, with a plain warning, before anything is added', async () => {
    const client = open([]);
    fireEvent.click(await screen.findByRole('button', { name: 'Add a server' }));
    const dialog = await screen.findByRole('dialog', { name: 'Add a tool server' });
    const connect = within(dialog).getByRole<HTMLButtonElement>('button', { name: 'Add and connect' });
    expect(connect.disabled).toBe(true);
    expect(within(dialog).getByText(/This runs a program as you/)).toBeTruthy();
    write('Program', 'npx');
    write('Arguments', '-y\nweather server');
    expect(await within(dialog).findByText('npx -y weather server')).toBeTruthy();
    expect(client.inputs('toolServers.add')).toEqual([]);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Add one: Environment variables' }));
    fireEvent.change(within(dialog).getAllByRole('textbox', { name: 'Name' })[0] as HTMLElement, {
      target: { value: 'TOKEN' },
    });
    fireEvent.change(within(dialog).getByLabelText('Value'), { target: { value: 'secret' } });
    await waitFor(() => expect(connect.disabled).toBe(false));
    fireEvent.click(connect);
    await waitFor(() =>
      expect(client.inputs('toolServers.start')).toEqual([{ id: 'new-1', line: 'npx -y weather server' }]),
    );
    expect(client.inputs('toolServers.add')).toEqual([
      {
        kind: 'stdio',
        name: 'npx',
        command: 'npx',
        args: ['-y', 'weather server'],
        folder: null,
        environment: [{ name: 'TOKEN', value: 'secret' }],
      },
    ]);
  });

  it('takes an address instead, and can add it without asking it', async () => {
    const client = open([]);
    fireEvent.click(await screen.findByRole('button', { name: 'Add a server' }));
    fireEvent.click(await screen.findByRole('radio', { name: /^An address/ }));
    expect(screen.getByText(/Whoever answers there learns/)).toBeTruthy();
    write('Address', 'https://tools.example.org/mcp');
    await screen.findByText('https://tools.example.org/mcp', { selector: 'pre' });
    fireEvent.click(screen.getByRole('button', { name: 'Only add' }));
    await waitFor(() => expect(client.inputs('toolServers.add')).toHaveLength(1));
    expect(client.inputs('toolServers.add')[0]).toMatchObject({ kind: 'http', name: 'tools.example.org' });
    expect(client.inputs('toolServers.start')).toEqual([]);
  });
});

describe('a server in the list', () => {
  it('tells its state, what it runs, and its tools in the server’s own words', async () => {
    const tools = [
      aServerTool({ name: 'forecast', description: 'Tells the weather.', saysItOnlyReads: true }),
      aServerTool({ name: 'order', description: 'Orders rain.', changedAt: Date.now() - 60_000 }),
    ];
    open([aToolServer({ tools, leftOutCount: 3 })]);
    const row = await screen.findByRole('listitem', { name: 'Weather' });
    expect(within(row).getByText(/Connected to weather 2.0/)).toBeTruthy();
    expect(within(row).getByText('TOKEN=••• npx weather')).toBeTruthy();
    fireEvent.click(within(row).getByText('2 tools'));
    expect(within(row).getByText('says it only reads')).toBeTruthy();
    expect(within(row).getByText(/changed .* ago: asks again/)).toBeTruthy();
    const order = within(row).getByText('Orders rain.').closest('li');
    const allowed = within(row).getAllByText('you allowed it beyond one call');
    expect(allowed.map((chip) => chip.closest('li'))).toEqual([order]);
    expect(within(row).getByText('Orders rain.')).toBeTruthy();
    expect(within(row).getByText(/3 more tools are left out/)).toBeTruthy();
  });

  it('says in a sentence why one does not work, and connects it again', async () => {
    const trouble = { kind: 'ended' as const, detail: 'exit code 7' };
    const server = aToolServer({ state: { kind: 'failing', since: Date.now(), trouble, retryAt: null }, tools: [] });
    const client = open([server]);
    expect(await screen.findByText('It ended by itself (exit code 7). Its log may say why.')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Connect' }));
    await waitFor(() => expect(client.inputs('toolServers.start')).toEqual([{ id: server.id, line: server.line }]));
  });

  it('whose line nobody confirmed is shown in full before it is connected', async () => {
    const server = aToolServer({ isConfirmed: false, state: { kind: 'off' }, tools: [] });
    const client = open([server]);
    fireEvent.click(await screen.findByRole('button', { name: 'Connect' }));
    const dialog = await screen.findByRole('dialog', { name: 'Connect Weather?' });
    expect(client.inputs('toolServers.start')).toEqual([]);
    expect(within(dialog).getByText('TOKEN=••• npx weather')).toBeTruthy();
    fireEvent.click(within(dialog).getByRole('button', { name: 'Connect' }));
    await waitFor(() => expect(client.inputs('toolServers.start')).toEqual([{ id: server.id, line: server.line }]));
  });

  it('shows its log, and is removed with a way back', async () => {
    const server = aToolServer();
    const client = open([server]);
    const choose = async (item: string) => {
      fireEvent.keyDown(await screen.findByRole('button', { name: 'More for Weather' }), { key: 'Enter' });
      fireEvent.click(await screen.findByRole('menuitem', { name: item }));
    };
    await choose('Log');
    expect(await screen.findByText(/cannot find my settings/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    await choose('Remove');
    await waitFor(() => expect(client.inputs('toolServers.remove')).toEqual([{ id: server.id }]));
    fireEvent.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(client.inputs('toolServers.restore')).toEqual([{ id: server.id }]));
  });

  it('keeps the values that the form leaves empty', async () => {
    const client = open([aToolServer()]);
    fireEvent.keyDown(await screen.findByRole('button', { name: 'More for Weather' }), { key: 'Enter' });
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Edit' }));
    const save = await screen.findByRole<HTMLButtonElement>('button', { name: 'Save' });
    await waitFor(() => expect(save.disabled).toBe(false));
    fireEvent.click(save);
    await waitFor(() => expect(client.inputs('toolServers.update')).toHaveLength(1));
    expect(client.inputs('toolServers.update')[0]?.draft).toMatchObject({
      environment: [{ name: 'TOKEN', value: null }],
    });
  });
});

describe('servers from a file', () => {
  it('are each shown in full or refused with a sentence; only those that are ticked are added', async () => {
    const client = open([]);
    const definition = { kind: 'stdio' as const, command: 'npx', args: [], folder: null, environmentNames: [] };
    const entries: ImportEntry[] = [
      { kind: 'server', key: 'one', name: 'one', definition, line: 'npx one', isKnown: false },
      { kind: 'server', key: 'two', name: 'two', definition, line: 'npx two', isKnown: true },
      { kind: 'refused', key: 'three', reason: 'It is not an object with a command or an address.' },
    ];
    client.answer('toolServers.readFile', () => ({ entries }));
    client.answer('toolServers.import', ({ keys }) => ({ ids: keys }));
    fireEvent.click(await screen.findByRole('button', { name: 'From a file or text' }));
    write('Text of the file', '{"mcpServers":{}}');
    fireEvent.click(screen.getByRole('button', { name: 'Look at it' }));
    expect(await screen.findByText('npx one')).toBeTruthy();
    expect(screen.getByText('npx two')).toBeTruthy();
    expect(screen.getByText('three cannot be added.')).toBeTruthy();
    expect(screen.getByText('It is not an object with a command or an address.')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Add one server' }));
    await waitFor(() =>
      expect(client.inputs('toolServers.import')).toEqual([{ text: '{"mcpServers":{}}', keys: ['one'] }]),
    );
  });
});

describe('the form of an agent', () => {
  it('offers the servers that are here', async () => {
    const server = aToolServer();
    const client = createFakeClient({
      first: { 'agents.watch': [], 'models.watch': modelsView(), 'toolServers.watch': [server] },
      calls: { 'agents.create': (draft) => anAgent({ ...draft, id: 'own-1', source: 'person' }) },
    });
    renderPage(<AgentsSection onChat={() => undefined} />, client);
    fireEvent.click(await screen.findByRole('button', { name: 'New agent' }));
    fireEvent.click(await screen.findByRole('checkbox', { name: 'Weather' }));
    write('Name', 'Forecaster');
    write('Instructions', 'Tell the weather.');
    fireEvent.click(screen.getByRole('button', { name: 'Create' }));
    await waitFor(() => expect(client.inputs('agents.create')[0]?.servers).toEqual([server.id]));
  });
});
