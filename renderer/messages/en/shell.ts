/** Words about the desktop app around the page. */
export const shell = {
  cannotStart: 'Agents cannot answer now, because the part of Nunba that runs them cannot start.',
  cannotStartTitle: 'Nunba cannot start',
  keepsCrashing: 'Agents cannot answer now. What you wrote is kept; if a restart does not help, the logs say why.',
  noticeGraphicsOff:
    'The graphics of this computer failed, so Nunba draws without them until you turn them on again under Settings, General. Nothing is lost.',
  noticeNoTray:
    'This desktop shows no tray, so Nunba cannot stay there: closing the window quits it, and agents stop until you open it again.',
  noticePageCrashed: 'This page stopped working and was loaded again. What was sent before is kept.',
  noticeSaveFailed:
    '“{{name}}” was not saved: writing it broke off. Look whether there is room where you wanted it, then save it again.',
  noticeSettingsDamaged:
    'The settings of this app could not be read, so they are as at first. Nothing else is affected, and the old file is kept as “{{keptAs}}”.',
  noticeSettingsNewer:
    'The settings of this app were written by a newer Nunba, so they are as at first. The newer file is kept as “{{keptAs}}”; update Nunba to go on with it.',
  openLogs: 'Open logs',
  refused: {
    'bad-agent': 'Nothing was opened: the link names an agent in a way that no agent is named. Ask whoever made it.',
    'bad-join':
      'Nothing was joined: the link invites you to a hive, but it is not whole, or says something that an invitation must not. Ask whoever made it for the whole link.',
    'bad-text':
      'Nothing was opened: the link’s text holds characters that you could not see or that it does not write properly. Ask whoever made it.',
    'not-a-link': 'Nothing was opened: this is not a link that Nunba can read. Ask whoever made it.',
    'too-long': 'Nothing was opened: the link is longer than 2 kB. Ask for a shorter one.',
    'unknown-action':
      'Nothing was opened: the link asks for something that this version of Nunba does not do. A newer version may know it.',
    'unknown-field':
      'Nothing was opened: the link says more than this version of Nunba reads. A newer version may know it.',
  },
  restart: 'Restart',
  restarted: 'The part of Nunba that runs your agents stopped and was started again. Nothing you typed is lost.',
  restartingAttempt: 'Attempt {{attempt}} follows now.',
  restartingAttemptIn: 'Attempt {{attempt}} follows in {{seconds}} s.',
  restartingCrashed: 'The part of Nunba that runs your agents stopped and is started again. Nothing you typed is lost.',
  restartingHung:
    'The part of Nunba that runs your agents did not answer any more and is started again. Nothing you typed is lost.',
} as const;
