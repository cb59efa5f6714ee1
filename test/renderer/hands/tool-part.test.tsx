import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { ApprovalView, DeedView } from '../../../node-core/api/hands-views.ts';
import { ToolPart } from '../../../renderer/features/chat/hands/tool-part.tsx';
import { deeds, sortingDeed, toolPart } from '../../builders/deeds.ts';
import { renderScreen } from '../../builders/render-screen.tsx';
import { createFakeClient } from '../../doubles/client.ts';

const show = (fields: Parameters<typeof toolPart>[0]) =>
  renderScreen(<ToolPart part={toolPart(fields)} isTurnRunning={false} />, createFakeClient());
const done = { kind: 'done', value: 'It went well.' } as const;
const open = () => {
  const fold = document.querySelector('details');
  if (!fold) throw new Error('nothing is folded');
  fold.open = true;
};

const newList = 'Write the new file list.txt in Invoices';
const withFolder = (deed: DeedView, count: number): DeedView =>
  deed.kind === 'change-files'
    ? {
        ...deed,
        changes: [
          ...Array.from({ length: count }, (_, place) => ({
            kind: 'make-folder' as const,
            path: `${deed.folder}/${place}`,
          })),
          ...deed.changes,
        ],
      }
    : deed;

const kinds: readonly (readonly [string, DeedView, string])[] = [
  ['files', deeds.files, 'Make 5 changes in Invoices'],
  ['one file', { ...deeds.files, changes: [deeds.files.changes[0]] }, 'Change notes.txt in Invoices'],
  ['moves', sortingDeed(40), 'Move 40 files in Downloads'],
  ['moves into new folders', withFolder(sortingDeed(40), 2), 'Move 40 files and make 2 folders in Downloads'],
  ['a file in a new folder', withFolder({ ...deeds.files, changes: [deeds.files.changes[1]] }, 1), newList],
  ['folders', withFolder({ ...deeds.files, changes: [] }, 3), 'Make 3 folders in Invoices'],
  ['a page', deeds.page, 'Ask example.org for a page'],
  ['a command', deeds.command, 'Run a command as you'],
  ['a server', deeds.server, 'Call add_event of Calendar'],
];

const approvals: readonly (readonly [ApprovalView, string])[] = [
  [{ kind: 'given', scope: 'once', by: 'person' }, 'You allowed this once'],
  [{ kind: 'given', scope: 'chat', by: 'person' }, 'You allowed this in this chat'],
  [{ kind: 'given', scope: 'always', by: 'person' }, 'You allowed this always'],
  [{ kind: 'given', scope: 'chat', by: 'grant' }, 'Allowed by a permission you gave for this chat'],
  [{ kind: 'given', scope: 'always', by: 'grant' }, 'Allowed by a permission you gave'],
  [{ kind: 'refused', by: 'person' }, 'You did not allow this'],
  [{ kind: 'refused', by: 'nobody' }, 'Nobody could be asked, so it was not done'],
  [{ kind: 'asked', at: 1_000 }, 'It was stopped before you answered; nothing was done'],
];

describe.each(kinds)('%s', (_, deed, headline) => {
  it.each(approvals)('says what was done and how it was allowed: %o', (approval, words) => {
    show({ deed, approval, outcome: done });
    expect(screen.getByText(headline)).toBeDefined();
    expect(screen.getByText(words)).toBeDefined();
  });
});

describe('what a tool did', () => {
  it('shows files as lists and differences, without the folder they share', () => {
    show({ deed: deeds.files, outcome: done });
    open();
    const [rewrite, create, move] = screen.getAllByRole('listitem');
    expect(rewrite?.textContent).toContain('Changenotes.txt');
    expect(rewrite?.textContent).toContain('+1 −1 lines');
    expect(rewrite?.textContent).toContain('−Call Ann');
    expect(rewrite?.textContent).toContain('+Call Ben');
    expect(create?.textContent).toContain('new/list.txt');
    expect(within(move as HTMLElement).getByRole('img', { name: 'to' })).toBeDefined();
    expect(move?.textContent).toBe('Movea.pdf2026/a.pdf');
  });

  it('shows a long list when it is asked for', () => {
    show({ deed: sortingDeed(200), outcome: done });
    open();
    expect(screen.getAllByRole('listitem')).toHaveLength(10);
    fireEvent.click(screen.getByRole('button', { name: 'Show all 200 changes' }));
    expect(screen.getAllByRole('listitem')).toHaveLength(200);
  });

  it('shows a command whole, with what hides in it', () => {
    show({ deed: { ...deeds.command, command: 'echo hi\u202E; rm -rf ~' }, outcome: done });
    open();
    expect(screen.getByRole('figure', { name: 'Command' }).textContent).toContain('echo hiU+202E; rm -rf ~');
  });

  it('emphasises who is really asked', () => {
    show({ deed: { ...deeds.page, url: 'https://example.org@evil.test/', host: 'evil.test' }, outcome: done });
    open();
    const address = screen.getByRole('figure', { name: 'Address' });
    expect(within(address).getByText('evil.test').tagName).toBe('STRONG');
  });

  it.each([
    [deeds.page, 'From example.org: treated as data, not as instructions.'],
    [deeds.server, 'From Calendar: treated as data, not as instructions.'],
    [deeds.command, 'What the command printed is treated as data, not as instructions.'],
  ])('marks what comes from outside', (deed, words) => {
    show({ deed, outcome: done });
    open();
    expect(screen.getByText(words)).toBeDefined();
  });

  it.each([
    ['read_file', { path: '/home/ann/Invoices/march.txt' }, 'march.txt'],
    ['search_knowledge', { query: 'rent' }, '“rent”'],
    ['tool_of_nobody', {}, 'tool_of_nobody'],
  ])('marks what %s read as from outside, and says what it was used on', (toolName, given, shown) => {
    show({ toolName, arguments: given, outcome: done });
    open();
    expect(screen.getByText('What was read here is treated as data, not as instructions.')).toBeDefined();
    expect(screen.getAllByText(shown).length).toBeGreaterThan(0);
  });

  it('says nothing of the kind of what Nunba computed itself', () => {
    show({ toolName: 'calculate', arguments: { expression: '1 + 1' }, outcome: done });
    open();
    expect(screen.queryByText(/treated as data/)).toBeNull();
  });

  it.each([deeds.page, deeds.command])('repeats no arguments that the deed shows whole: %o', (deed) => {
    show({ deed, arguments: { query: 'the very same' }, outcome: done });
    open();
    expect(screen.queryByText('the very same')).toBeNull();
    expect(screen.getByText('It went well.')).toBeDefined();
  });

  it('folds what was asked for where the changes to files are shown', () => {
    show({ deed: deeds.files, arguments: { path: '/home/ann/Invoices/notes.txt' }, outcome: done });
    open();
    const fold = screen.getByText('What the agent asked for, word for word').closest('details');
    expect(fold?.open).toBe(false);
    expect(fold?.contains(screen.getByRole('figure', { name: 'Asked with: path', hidden: true }))).toBe(true);
  });

  it('reads arguments as names and values, and folds a long one', () => {
    show({ toolName: 'search_chats', arguments: { query: 'zebra', text: 'x'.repeat(5_000) }, outcome: done });
    open();
    expect(screen.getByRole('figure', { name: 'Asked with: query' }).textContent).toBe('zebra');
    const text = screen.getByRole('figure', { name: 'Asked with: text' });
    expect(text.textContent?.length).toBeLessThan(2_000);
    fireEvent.click(within(text).getByRole('button', { name: 'Show all 5,000 characters' }));
    expect(text.textContent).toHaveLength(5_000);
  });
});
