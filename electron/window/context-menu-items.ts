import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron';

/** What a place in the page is, as far as its menu depends on it. */
export type MenuPlace = Pick<ContextMenuParams, 'editFlags' | 'isEditable' | 'linkURL' | 'selectionText' | 'x' | 'y'>;

/** What the items do that the system has no role for. */
export interface MenuActs {
  copyText(text: string): void;
  lookUp(): void;
  inspect(x: number, y: number): void;
}

export interface MenuFacts {
  readonly platform: NodeJS.Platform;
  readonly canInspect: boolean;
}

/** The menu of a place in the page: editing, the selection, a link. Empty: none is shown. */
export function contextMenuItems(place: MenuPlace, facts: MenuFacts, acts: MenuActs): MenuItemConstructorOptions[] {
  const groups = [
    lookUpItems(place, facts, acts),
    linkItems(place, acts),
    place.isEditable ? editItems(place) : readItems(place),
    facts.canInspect ? [{ label: 'Inspect', click: () => acts.inspect(place.x, place.y) }] : [],
  ];
  return groups
    .filter((group) => group.length > 0)
    .flatMap((group, index) => (index === 0 ? group : [{ type: 'separator' as const }, ...group]));
}

function editItems({ editFlags }: MenuPlace): MenuItemConstructorOptions[] {
  return [
    { role: 'undo', enabled: editFlags.canUndo },
    { role: 'redo', enabled: editFlags.canRedo },
    { type: 'separator' },
    { role: 'cut', enabled: editFlags.canCut },
    { role: 'copy', enabled: editFlags.canCopy },
    { role: 'paste', enabled: editFlags.canPaste },
    { role: 'selectAll', enabled: editFlags.canSelectAll },
  ];
}

function readItems({ selectionText }: MenuPlace): MenuItemConstructorOptions[] {
  return selectionText.trim() === '' ? [] : [{ role: 'copy' }];
}

/** Looking up is macOS's own dictionary; other systems have none, and nothing is searched over the network. */
function lookUpItems({ selectionText }: MenuPlace, facts: MenuFacts, acts: MenuActs): MenuItemConstructorOptions[] {
  const words = selectionText.trim().replaceAll(/\s+/g, ' ');
  if (facts.platform !== 'darwin' || words === '') return [];
  const shown = words.length > 30 ? `${words.slice(0, 30)}…` : words;
  return [{ label: `Look Up “${shown}”`, click: () => acts.lookUp() }];
}

function linkItems({ linkURL }: MenuPlace, acts: MenuActs): MenuItemConstructorOptions[] {
  const url = URL.parse(linkURL);
  if (url?.protocol === 'mailto:') {
    return [{ label: 'Copy E-mail Address', click: () => acts.copyText(decodeAddress(url.pathname)) }];
  }
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  return isWeb ? [{ label: 'Copy Link', click: () => acts.copyText(linkURL) }] : [];
}

function decodeAddress(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
