import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, test } from 'vitest';
import { type MenuAction, menuTemplate } from '../../../../electron/window/menu-template.ts';
import { shellCommandSchema } from '../../../../node-core/api/shell-views.ts';
import { allItems } from '../../../builders/menu-items.ts';

const template = (platform: string, isPackaged = true, act: (action: MenuAction) => void = () => undefined) =>
  menuTemplate({ platform, isPackaged }, act);
/** `File: New chat [CommandOrControl+N] | …`, roles in <>, lines as -, what is not shown left out. */
const drawn = (menus: MenuItemConstructorOptions[]): string[] =>
  menus.map((menu) => {
    if (!Array.isArray(menu.submenu)) return `<${menu.role}>`;
    const items = menu.submenu
      .filter(({ visible }) => visible !== false)
      .map(({ type, role, label, accelerator }) => {
        if (type === 'separator') return '-';
        return `${label ?? `<${role}>`}${accelerator ? ` [${accelerator}]` : ''}`;
      });
    return `${menu.label}: ${items.join(' | ')}`;
  });

const view =
  '&View: Zoom in [CommandOrControl+Plus] | Zoom out [CommandOrControl+-] | Actual size [CommandOrControl+0] | - | <togglefullscreen>';
const edit =
  '&Edit: <undo> | <redo> | - | <cut> | <copy> | <paste> | <pasteAndMatchStyle> | <selectAll> | - | Search chats… [CommandOrControl+K]';

test.each(['win32', 'linux'])('%s: settings and quit stand under File, about under Help', (platform) => {
  expect(drawn(template(platform))).toEqual([
    '&File: New chat [CommandOrControl+N] | - | Import… | Export… | - | Settings… [CommandOrControl+,] | - | <close> | <quit>',
    edit,
    view,
    '<windowMenu>',
    '&Help: Keyboard shortcuts | - | Open logs | Save diagnostics… | - | About Nunba',
  ]);
});

test('macOS: they stand in the menu of the app', () => {
  expect(drawn(template('darwin'))).toEqual([
    'Nunba: About Nunba | - | Settings… [CommandOrControl+,] | - | <services> | - | <hide> | <hideOthers> | <unhide> | - | <quit>',
    '&File: New chat [CommandOrControl+N] | - | Import… | Export… | - | <close>',
    `${edit} | - | Speech`,
    view,
    '<windowMenu>',
    '&Help: Keyboard shortcuts | - | Open logs | Save diagnostics…',
  ]);
});

test('only a checkout can be reloaded and looked into', () => {
  const roles = (isPackaged: boolean) => allItems(template('linux', isPackaged)).map(({ role }) => role);
  expect(roles(false)).toEqual(expect.arrayContaining(['reload', 'toggleDevTools']));
  for (const role of ['reload', 'forceReload', 'toggleDevTools', 'viewMenu']) expect(roles(true)).not.toContain(role);
});

describe.each(['win32', 'linux', 'darwin'])('%s', (platform) => {
  test('no two items share a key or a name', () => {
    const items = allItems(template(platform));
    for (const values of [items.flatMap(({ accelerator }) => accelerator ?? []), items.flatMap(({ id }) => id ?? [])]) {
      expect(new Set(values).size).toBe(values.length);
    }
  });

  test('every item of our own does what it says', () => {
    const actions: MenuAction[] = [];
    const items = allItems(template(platform, true, (action) => actions.push(action)));
    const done = items
      .filter(({ click, visible }) => click && visible !== false)
      .map((item) => {
        (item.click as (() => void) | undefined)?.();
        return [item.id, actions.at(-1)];
      });
    for (const action of actions) if (action.kind === 'page') shellCommandSchema.parse(action.command);
    expect(Object.fromEntries(done)).toEqual({
      'new-chat': { kind: 'page', command: { kind: 'new-chat' } },
      import: { kind: 'page', command: { kind: 'import' } },
      export: { kind: 'page', command: { kind: 'export' } },
      settings: { kind: 'page', command: { kind: 'settings', section: 'general' } },
      about: { kind: 'page', command: { kind: 'settings', section: 'about' } },
      search: { kind: 'page', command: { kind: 'search' } },
      shortcuts: { kind: 'page', command: { kind: 'shortcuts' } },
      'zoom-in': { kind: 'zoom', step: 'in' },
      'zoom-out': { kind: 'zoom', step: 'out' },
      'zoom-reset': { kind: 'zoom', step: 'reset' },
      'open-logs': { kind: 'open-logs' },
      'save-diagnostics': { kind: 'save-diagnostics' },
    });
  });
});
