import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FailureError } from '../../../node-core/api/failures.ts';
import type { StorageView } from '../../../node-core/api/node-views.ts';
import { StorageSection } from '../../../renderer/features/settings/storage/storage-section.tsx';
import { renderPage } from '../../builders/render-page.tsx';
import { aBackup, storageView } from '../../builders/storage-view.ts';
import { createFakeClient, type FakeClient } from '../../doubles/client.ts';
import { createFakeShell, type FakeShell } from '../../doubles/shell.ts';

const importId = '01ARZ3NDEKTSV4RRFFQ69G5FAV';

function open(first: StorageView = storageView(), shell: FakeShell | null = null): FakeClient {
  const client = createFakeClient({
    calls: {
      'storage.info': () => first,
      'imports.begin': () => ({ id: importId }),
      'imports.append': () => ({}),
      'imports.cancel': () => ({}),
      'imports.finish': () => ({ conversations: 2, messages: 40, skipped: 1 }),
    },
  });
  renderPage(<StorageSection />, client, shell);
  return client;
}

describe('where everything is kept', () => {
  it('has folder, sizes and contents with units', async () => {
    open();
    expect(await screen.findByText('/home/anna/Nunba')).toBeTruthy();
    expect(screen.getByText('212 GB')).toBeTruthy();
    expect(screen.getByText(/312 conversations · 9,841 messages/)).toBeTruthy();
  });

  it('warns where the folder is synchronised', async () => {
    open(storageView({ synchronisedBy: 'OneDrive' }));
    expect(await screen.findByText(/OneDrive synchronises this folder/)).toBeTruthy();
  });

  it('says where the folder is when there is no file manager', async () => {
    const client = open();
    client.answer('storage.openFolder', () => {
      throw new FailureError({ kind: 'no-desktop', path: '/home/anna/Nunba' });
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Open folder' }));
    expect(await screen.findByText(/no file manager/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Copy path' })).toBeTruthy();
  });

  it('says why it cannot be read', async () => {
    const client = createFakeClient();
    client.answer('storage.info', () => {
      throw new FailureError({ kind: 'storage-damaged', path: '/x', reason: 'page 3' });
    });
    renderPage(<StorageSection />, client);
    expect(await screen.findByText(/The database \/x is damaged \(page 3\)/)).toBeTruthy();
  });
});

describe('the check', () => {
  it('says what it found and when', async () => {
    const client = open();
    expect(await screen.findByText('Not checked since Nunba started')).toBeTruthy();
    client.answer('storage.check', () => storageView({ lastCheck: { at: Date.now(), problems: ['index is short'] } }));
    fireEvent.click(screen.getByRole('button', { name: 'Check now' }));
    expect(await screen.findByText('index is short')).toBeTruthy();
    expect(screen.getByText(/1 problem found/)).toBeTruthy();
    client.answer('storage.check', () => storageView({ lastCheck: { at: Date.now(), problems: [] } }));
    fireEvent.click(screen.getByRole('button', { name: 'Check now' }));
    expect((await screen.findByText(/^Sound/)).textContent).toContain('just now');
  });
});

describe('backups', () => {
  it('are made, and said to be verified', async () => {
    const client = open();
    client.answer('storage.backup', () => aBackup({ name: 'new.db' }));
    client.answer('storage.info', () => storageView({ backups: [aBackup({ name: 'new.db' })] }));
    fireEvent.click(await screen.findByRole('button', { name: 'Back up now' }));
    expect(await screen.findByText('Backed up as new.db (48 MB), and verified by opening it.')).toBeTruthy();
    expect(await screen.findByRole('button', { name: 'Restore' })).toBeTruthy();
  });

  it('are shown newest first, with why they were made', async () => {
    open(
      storageView({
        backups: [aBackup({ name: 'old.db', at: 1 }), aBackup({ name: 'new.db', at: 2, reason: 'before-restore' })],
      }),
    );
    const names = (await screen.findAllByText(/\.db$/)).map((name) => name.textContent);
    expect(names).toEqual(['new.db', 'old.db']);
    expect(screen.getByText(/made before a restore/)).toBeTruthy();
  });

  async function openRestore(client: FakeClient): Promise<HTMLElement> {
    client.answer('storage.previewRestore', () => ({
      backup: aBackup(),
      inBackup: { conversations: 300, messages: 9_000 },
      inPresent: { conversations: 312, messages: 9_841 },
      onlyInBackup: [{ id: importId, title: 'Letter to the landlord', updatedAt: 1 }],
      onlyInBackupCount: 3,
      onlyInPresentCount: 14,
    }));
    client.answer('storage.restore', () => ({ copyOfPresent: aBackup({ name: 'copy.db' }), conversationsAdded: 3 }));
    fireEvent.click(await screen.findByRole('button', { name: 'Restore' }));
    return screen.findByRole('dialog', { name: 'Restore a backup' });
  }

  it('are restored after a look at what changes; merging is proposed', async () => {
    const client = open(storageView({ backups: [aBackup()] }));
    const dialog = within(await openRestore(client));
    expect(await dialog.findByText('300 conversations · 9,000 messages')).toBeTruthy();
    expect(dialog.getByText('Letter to the landlord')).toBeTruthy();
    expect(dialog.getByText('and 2 more')).toBeTruthy();
    expect(dialog.getByText(/14 conversations that are only here go out of view/)).toBeTruthy();
    expect(dialog.getByText(/A copy of the present is made first/)).toBeTruthy();
    fireEvent.click(dialog.getByRole('button', { name: 'Restore' }));
    expect(
      await screen.findByText('3 conversations were brought back. The state before is kept as copy.db.'),
    ).toBeTruthy();
    expect(client.inputs('storage.restore')).toEqual([{ name: 'nunba-1.db', mode: 'merge' }]);
  });

  it('replace everything only when chosen', async () => {
    const client = open(storageView({ backups: [aBackup()] }));
    const dialog = within(await openRestore(client));
    fireEvent.click(await dialog.findByLabelText(/^Replace/));
    fireEvent.click(dialog.getByRole('button', { name: 'Restore' }));
    await waitFor(() => expect(client.inputs('storage.restore')).toEqual([{ name: 'nunba-1.db', mode: 'replace' }]));
  });

  it('that cannot be used say why', async () => {
    const client = open(storageView({ backups: [aBackup()] }));
    client.answer('storage.previewRestore', () => {
      throw new FailureError({ kind: 'backup-unreadable', name: 'nunba-1.db', reason: 'not a database' });
    });
    fireEvent.click(await screen.findByRole('button', { name: 'Restore' }));
    expect(await screen.findByText(/nunba-1.db cannot be used: not a database/)).toBeTruthy();
  });
});

describe('export', () => {
  const saved: { name: string; text: Promise<string> }[] = [];
  beforeEach(() => {
    saved.length = 0;
    let blob: Blob | null = null;
    vi.spyOn(URL, 'createObjectURL').mockImplementation((made) => {
      blob = made as Blob;
      return 'blob:test';
    });
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
      if (blob) saved.push({ name: this.download, text: blob.text() });
    });
  });
  afterEach(() => vi.restoreAllMocks());

  it('puts the pieces together into one file', async () => {
    const client = open();
    client.answer('exports.read', ({ cursor }) => ({
      fileName: 'all.json',
      text: cursor === null ? '{"a":' : '1}',
      next: cursor === null ? 'second' : null,
      doneCount: cursor === null ? 1 : 2,
      totalCount: 2,
    }));
    fireEvent.click(await screen.findByRole('button', { name: 'All chats as JSON' }));
    expect(await screen.findByText('2 messages were exported as all.json.')).toBeTruthy();
    expect(saved.map(({ name }) => name)).toEqual(['all.json']);
    expect(await saved[0]?.text).toBe('{"a":1}');
    expect(client.inputs('exports.read').map(({ format, cursor }) => [format, cursor])).toEqual([
      ['json', null],
      ['json', 'second'],
    ]);
  });

  it('does not call a file saved that the desktop app still asks about', async () => {
    const client = open(storageView(), createFakeShell());
    client.answer('exports.read', () => ({ fileName: 'all.json', text: '1', next: null, doneCount: 1, totalCount: 1 }));
    fireEvent.click(await screen.findByRole('button', { name: 'All chats as JSON' }));
    expect(await screen.findByText(/^1 message is ready as all\.json\. It is saved where you choose/)).toBeTruthy();
    expect(screen.queryByText(/exported as/)).toBeNull();
  });

  it('shows how far it is, and leaves no file when cancelled', async () => {
    const client = open();
    let goOn: () => void = () => undefined;
    client.answer('exports.read', async ({ cursor }) => {
      if (cursor !== null)
        await new Promise<void>((resolve) => {
          goOn = resolve;
        });
      return { fileName: 'all.md', text: 'x', next: cursor === null ? 'more' : null, doneCount: 1, totalCount: 4 };
    });
    fireEvent.click(await screen.findByRole('button', { name: 'All chats as Markdown' }));
    await waitFor(() => expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('25'));
    expect(screen.getByText('1 of 4 messages')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    goOn();
    await waitFor(() =>
      expect(screen.getByRole('button', { name: 'All chats as JSON' })).toHaveProperty('disabled', false),
    );
    expect(saved).toEqual([]);
    expect(client.inputs('exports.read')).toHaveLength(2);
  });

  it('says why it stopped', async () => {
    const client = open();
    client.answer('exports.read', () => {
      throw new FailureError({ kind: 'disconnected' });
    });
    fireEvent.click(await screen.findByRole('button', { name: 'All chats as JSON' }));
    expect(await screen.findByText(/connection to Nunba’s runtime is gone/)).toBeTruthy();
    expect(saved).toEqual([]);
  });
});

describe('import', () => {
  const give = async (text: string) => {
    const input = await screen.findByLabelText('Choose a file', { selector: 'input' });
    fireEvent.change(input, { target: { files: [new File([text], 'all.json')] } });
  };

  it('sends the whole file and says what came in', async () => {
    const client = open();
    const text = `${'ü'.repeat(400_000)}end`;
    await give(text);
    expect(
      await screen.findByText(/2 conversations with 40 messages were imported\. 1 was here already\./),
    ).toBeTruthy();
    const pieces = client.inputs('imports.append').map((piece) => piece.text);
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join('') === text).toBe(true);
    expect(client.inputs('storage.info')).toHaveLength(2);
  });

  it('drops what was sent when cancelled', async () => {
    const client = open();
    let goOn: () => void = () => undefined;
    client.answer(
      'imports.append',
      () =>
        new Promise((resolve) => {
          goOn = () => resolve({});
        }),
    );
    await give('x');
    fireEvent.click(await screen.findByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(client.inputs('imports.append')).toHaveLength(1));
    goOn();
    await waitFor(() => expect(client.inputs('imports.cancel')).toEqual([{ id: importId }]));
    expect(client.inputs('imports.finish')).toEqual([]);
  });

  it('says why nothing was imported', async () => {
    const client = open();
    client.answer('imports.finish', () => {
      throw new FailureError({ kind: 'import-unreadable', reason: 'it is no export of Nunba' });
    });
    await give('[]');
    expect(await screen.findByText('Nothing was imported: it is no export of Nunba')).toBeTruthy();
  });
});
