import { fireEvent, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ExportMenu } from '../../../renderer/features/chat/export-menu.tsx';
import { testId } from '../../builders/ids.ts';
import { renderPage } from '../../builders/render-page.tsx';
import { createFakeClient } from '../../doubles/client.ts';
import { createFakeShell, type FakeShell } from '../../doubles/shell.ts';

const handedOver: string[] = [];

beforeEach(() => {
  handedOver.length = 0;
  vi.spyOn(URL, 'createObjectURL').mockReturnValue('blob:test');
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
    handedOver.push(this.download);
  });
});
afterEach(() => vi.restoreAllMocks());

async function exportMarkdown(shell: FakeShell | null): Promise<void> {
  const piece = { fileName: 'Walruses.md', text: '# Walruses', next: null, doneCount: 1, totalCount: 1 };
  const client = createFakeClient({ calls: { 'exports.read': () => piece } });
  renderPage(<ExportMenu conversationId={testId(1)} disabled={false} />, client, shell);
  fireEvent.keyDown(screen.getByRole('button', { name: 'Export' }), { key: 'Enter' });
  fireEvent.click(await screen.findByRole('menuitem', { name: 'Markdown, to read' }));
}

it('says in a browser what the chat was saved as', async () => {
  await exportMarkdown(null);
  expect(await screen.findByText('Saved as Walruses.md')).toBeTruthy();
  expect(handedOver).toEqual(['Walruses.md']);
});

it('does not call a file saved that the desktop app still asks about', async () => {
  await exportMarkdown(createFakeShell());
  expect(await screen.findByText('Choose where to save Walruses.md')).toBeTruthy();
  expect(screen.queryByText(/^Saved as/)).toBeNull();
  expect(handedOver).toEqual(['Walruses.md']);
});
