import type { StandInRecord } from '../../electron-stand-in/record.ts';
import type { Desktop } from './desktop.ts';

/** The tray's menu as a person reads it. */
export const menuOf = (desktop: Desktop): Promise<readonly string[]> =>
  desktop.seen(
    ({ trays }) => trays.at(-1)?.menu?.items.map(({ type, label }) => (type === 'separator' ? '—' : label)) ?? [],
  );

export const tooltipOf = (desktop: Desktop): Promise<string> =>
  desktop.seen(({ trays }) => trays.at(-1)?.tooltip ?? '');

/** The file of the tray's picture. */
export const pictureOf = (desktop: Desktop): Promise<string> =>
  desktop.seen(({ trays }) => trays.at(-1)?.image.file ?? '');

/** Presses an item of the tray's menu. @param id what it does (`TrayAction`) */
export const press = (desktop: Desktop, id: string): Promise<void> =>
  desktop.app.evaluate((module, wanted) => {
    const { standIn } = module as unknown as { readonly standIn: StandInRecord };
    const item = standIn.trays.at(-1)?.menu?.items.find((one) => one.id === wanted);
    if (!item) throw new Error(`The tray's menu has no ${wanted}.`);
    item.click();
  }, id);

export const isVisible = (desktop: Desktop): Promise<boolean | undefined> =>
  desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());

export const closeWindow = (desktop: Desktop): Promise<void> =>
  desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());

/** Answers the next question of the shell as the person would. */
export const answerQuestion = (desktop: Desktop, response: number, checkboxChecked: boolean): Promise<void> =>
  desktop.app.evaluate(
    ({ dialog }, answer) => {
      dialog.showMessageBox = async () => answer;
    },
    { response, checkboxChecked },
  );
