import { EventEmitter } from 'node:events';
import process from 'node:process';
import type { App, LoginItemSettings, LoginItemSettingsOptions, Settings } from 'electron';
import { record } from './record.ts';
import { as, type Members } from './stands-for.ts';

/** What the system is told of the app: kept for the test, or nothing without a screen. */
export class AppRegistrations extends EventEmitter implements Members<App> {
  addRecentDocument(file: string): void {
    record.recentDocuments.push(file);
  }

  setLoginItemSettings(settings: Settings): void {
    record.loginItems.push(settings);
  }

  getLoginItemSettings(options?: LoginItemSettingsOptions): LoginItemSettings {
    record.loginItemsAsked.push(options);
    const last = record.loginItems.at(-1);
    return as<LoginItemSettings>({
      openAtLogin: last?.openAtLogin ?? false,
      openAsHidden: false,
      wasOpenedAtLogin: process.env.STAND_IN_OPENED_AT_LOGIN === '1',
      wasOpenedAsHidden: false,
      restoreState: false,
      status: last?.openAtLogin ? 'enabled' : 'not-registered',
      executableWillLaunchAtLogin: last?.openAtLogin ?? false,
      launchItems: [],
    });
  }

  setAsDefaultProtocolClient(scheme: string): boolean {
    record.protocolClients.add(scheme);
    return true;
  }

  removeAsDefaultProtocolClient(scheme: string): boolean {
    return record.protocolClients.delete(scheme);
  }

  isDefaultProtocolClient(scheme: string): boolean {
    return record.protocolClients.has(scheme);
  }

  focus(): void {}

  hide(): void {}

  show(): void {}

  setAppUserModelId(): void {}

  setDesktopName(): void {}

  setAboutPanelOptions(): void {}

  showAboutPanel(): void {}

  setBadgeCount(): boolean {
    return false;
  }
}
