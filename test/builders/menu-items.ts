import type { MenuItemConstructorOptions } from 'electron';

/** Every item of a menu's template, at any depth. */
export function allItems(template: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? allItems(item.submenu) : [])]);
}
