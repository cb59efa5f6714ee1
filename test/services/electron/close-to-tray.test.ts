import { describe, expect, test } from 'vitest';
import { closeButtons, decideClose, readCloseAnswer } from '../../../electron/tray/close-decision.ts';
import { awaitTrayHost, type RunProgram } from '../../../electron/tray/tray-host.ts';

const facts = { platform: 'linux', tray: 'shown', closeToTray: false, isAsked: false, isQuitting: false } as const;

test.each([
  ['the first close', {}, 'ask'],
  ['asked, and the answer was Quit', { isAsked: true }, 'close'],
  ['asked, and the answer was Keep', { isAsked: true, closeToTray: true }, 'hide'],
  ['chosen in Settings without being asked', { closeToTray: true }, 'hide'],
  ['quitting by menu, tray or system', { isQuitting: true, closeToTray: true }, 'close'],
  ['no tray: hidden it could not be found again', { tray: 'none', closeToTray: true }, 'close'],
  ['before it is known whether there is a tray', { tray: 'not-yet', closeToTray: true }, 'close'],
  ['macOS: the window goes, the app stays', { platform: 'darwin', closeToTray: true }, 'close'],
  ['macOS is never asked', { platform: 'darwin' }, 'close'],
  ['Windows is asked', { platform: 'win32' }, 'ask'],
] as const)('%s', (_name, part, expected) => {
  expect(decideClose({ ...facts, ...part })).toBe(expected);
});

test.each([
  [0, true, { act: 'hide', closeToTray: true }],
  [0, false, { act: 'hide', closeToTray: null }],
  [1, true, { act: 'quit', closeToTray: false }],
  [1, false, { act: 'quit', closeToTray: null }],
  [2, true, { act: 'stay', closeToTray: null }],
  [-1, true, { act: 'stay', closeToTray: null }],
] as const)('button %d, remembered %s', (button, isRemembered, expected) => {
  expect(readCloseAnswer(button, isRemembered)).toEqual(expected);
  expect(closeButtons).toHaveLength(3);
});

describe('whether somebody shows trays', () => {
  const answers = (by: Readonly<Record<string, string>>): { readonly run: RunProgram; readonly asked: string[] } => {
    const asked: string[] = [];
    return {
      asked,
      run: async (file) => {
        asked.push(file);
        const answer = by[file];
        if (answer === undefined) throw new Error('not there, or no such name on the bus');
        return answer;
      },
    };
  };

  /** What is found out, and how long that took in all, ms. */
  const findOut = async (platform: string, run: RunProgram): Promise<readonly [string, number]> => {
    let waited = 0;
    const found = await awaitTrayHost(platform, run, async (ms) => {
      waited += ms;
    });
    return [found, waited];
  };

  test.each([
    ['dbus-send', 'method return\n   variant       boolean true\n', 'shown'],
    ['dbus-send', 'method return\n   variant       boolean false\n', 'none'],
    ['gdbus', '(<true>,)\n', 'shown'],
    ['gdbus', '(<false>,)\n', 'none'],
    ['busctl', 'b true\n', 'shown'],
    ['busctl', 'b false\n', 'none'],
  ])('%s: %j', async (file, answer, expected) => {
    expect((await findOut('linux', answers({ [file]: answer }).run))[0]).toBe(expected);
  });

  test('nobody can say so for half a minute: none', async () => {
    const { run, asked } = answers({});
    expect(await findOut('linux', run)).toEqual(['none', 30_500]);
    expect(asked.slice(0, 3)).toEqual(['dbus-send', 'gdbus', 'busctl']);
    expect(asked).toHaveLength(7 * 3);
  });

  test.each([
    [0, 0],
    [1, 500],
    [3, 3_500],
    [6, 30_500],
  ])('a panel that is there after %d questions is found, after %d ms', async (questions, ms) => {
    let asked = 0;
    const run: RunProgram = async () => {
      asked += 1;
      return `boolean ${asked > questions}`;
    };
    expect(await findOut('linux', run)).toEqual(['shown', ms]);
    expect(asked).toBe(questions + 1);
  });

  test.each(['win32', 'darwin'])('%s always has one, and nobody is asked', async (platform) => {
    const { run, asked } = answers({});
    expect([await findOut(platform, run), asked]).toEqual([['shown', 0], []]);
  });
});
