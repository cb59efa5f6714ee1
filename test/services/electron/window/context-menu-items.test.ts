import { expect, test, vi } from 'vitest';
import { contextMenuItems, type MenuFacts, type MenuPlace } from '../../../../electron/window/context-menu-items.ts';

const nothing: MenuPlace = {
  editFlags: {
    canUndo: false,
    canRedo: false,
    canCut: false,
    canCopy: false,
    canPaste: true,
    canDelete: false,
    canSelectAll: true,
    canEditRichly: false,
  },
  isEditable: false,
  linkURL: '',
  selectionText: '',
  x: 3,
  y: 4,
};
const onLinux: MenuFacts = { platform: 'linux', canInspect: false };

function menu(place: Partial<MenuPlace>, facts: Partial<MenuFacts> = {}) {
  const acts = { copyText: vi.fn(), lookUp: vi.fn(), inspect: vi.fn() };
  const items = contextMenuItems({ ...nothing, ...place }, { ...onLinux, ...facts }, acts);
  const press = (label: string) =>
    items.find((item) => item.label === label)?.click?.({} as Electron.MenuItem, undefined, {} as KeyboardEvent);
  const words = items.map(
    ({ role, label, type, enabled }) => `${role ?? label ?? type}${enabled === false ? ' (off)' : ''}`,
  );
  return { acts, press, words };
}

test.each([
  ['empty paper', {}, []],
  ['a selection of spaces', { selectionText: ' \n' }, []],
  ['a selection', { selectionText: 'words' }, ['copy']],
  [
    'an editable field',
    { isEditable: true },
    ['undo (off)', 'redo (off)', 'separator', 'cut (off)', 'copy (off)', 'paste', 'selectAll'],
  ],
  ['a web link', { linkURL: 'https://example.org/' }, ['Copy Link']],
  ['a mail link', { linkURL: 'mailto:anna@example.org' }, ['Copy E-mail Address']],
  ['a link of the page', { linkURL: 'app://nunba/#chat' }, []],
  ['a script', { linkURL: 'javascript:alert(1)' }, []],
  ['a selected link', { linkURL: 'https://example.org/', selectionText: 'x' }, ['Copy Link', 'separator', 'copy']],
] as const)('%s', (_name, place, words) => {
  expect(menu(place).words).toEqual(words);
});

test('macOS looks words up in its own dictionary, other systems do not', () => {
  const { acts, press, words } = menu({ selectionText: '  a\nhive ' }, { platform: 'darwin' });
  expect(words).toEqual(['Look Up “a hive”', 'separator', 'copy']);
  press('Look Up “a hive”');
  expect(acts.lookUp).toHaveBeenCalledOnce();
  expect(menu({ selectionText: 'x'.repeat(100) }, { platform: 'darwin' }).words[0]).toBe(
    `Look Up “${'x'.repeat(30)}…”`,
  );
});

test('a checkout can look into the page, where it was pressed', () => {
  const { acts, press, words } = menu({}, { canInspect: true });
  expect(words).toEqual(['Inspect']);
  press('Inspect');
  expect(acts.inspect).toHaveBeenCalledWith(3, 4);
});

test('what is copied is the address', () => {
  const web = menu({ linkURL: 'https://example.org/a%20b' });
  web.press('Copy Link');
  expect(web.acts.copyText).toHaveBeenCalledWith('https://example.org/a%20b');
  const mail = menu({ linkURL: 'mailto:anna%2Bx@example.org?subject=Hi' });
  mail.press('Copy E-mail Address');
  expect(mail.acts.copyText).toHaveBeenCalledWith('anna+x@example.org');
});
