import { EventEmitter } from 'node:events';
import { expect, it } from 'vitest';
import { classStandsFor, standsFor } from '../../electron-stand-in/stands-for.ts';

class Window extends EventEmitter {
  readonly #title = 'Nunba';

  getTitle(): string {
    return this.#title;
  }
}
classStandsFor('BrowserWindow', Window);

it('says which member of an object is not there', () => {
  const shell = standsFor('shell', { beep: () => 'beep' });
  expect(shell.beep()).toBe('beep');
  expect(() => Reflect.get(shell, 'openPath')).toThrow('stand-in: shell.openPath is not there');
});

it('says which member of a class or its instances is not there, and leaves those that are alone', () => {
  const window = new Window();
  expect(window.getTitle()).toBe('Nunba');
  expect(window.listenerCount('close')).toBe(0);
  expect(() => Reflect.get(window, 'setOpacity')).toThrow('stand-in: BrowserWindow.setOpacity is not there');
  expect(() => Reflect.get(Window, 'fromBrowserView')).toThrow('stand-in: BrowserWindow.fromBrowserView is not there');
});

it('lets a test replace a member', () => {
  const dialog = standsFor('dialog', { show: (): string => 'asked' });
  dialog.show = () => 'answered';
  expect(dialog.show()).toBe('answered');
});
