/** What the desktop app alone has: its own group in the settings. */
export const desktop = {
  closeToTray: 'Keep in the tray when closed',
  closeToTrayHint: 'Closing the window then hides it; agents go on. “Quit” in the tray’s menu ends Nunba.',
  closeToTrayNone: 'This desktop shows no tray, so closing the window ends Nunba.',
  notifications: 'Notifications',
  notificationsHint: 'Only while the window is not visible. They show the title of a chat, never an answer.',
  notifyAnswers: 'An agent has finished or needs your approval',
  notifyHealth: 'Something has been wrong for a while, or agents were stopped',
  notifyUpdates: 'An update is ready',
  startAtLogin: 'Start when you log in',
  startHidden: 'Start hidden',
  startHiddenHint: 'At login only the tray appears, not the window.',
  startHiddenNone: 'This desktop shows no tray, so the window always appears.',
  title: 'This app',
} as const;
