/** Settings, Updates: only in the desktop app. */
export const updates = {
  channel: 'Which versions',
  channelBeta: 'Also before they are finished',
  channelHint: 'Unfinished versions come earlier and have more faults. Back to finished ones at any time.',
  channelStable: 'Finished ones',
  checkNow: 'Check now',
  checking: 'Looking for a new version',
  downloadDetail: '{{share, number(style: percent; maximumFractionDigits: 0)}} · {{speed}} a second',
  downloading: 'Downloading Nunba {{version}}',
  failed: {
    'cannot-install-here':
      'Nothing was installed: this copy of Nunba was not put here by an installer that could replace it. Get the new version from where you got this one.',
    'cut-download':
      'Nothing was installed: the download broke off. Nunba tries again by itself; or check the network, then look now.',
    'disk-full': 'Nothing was installed: the disk is full. Free some space, then look again.',
    'failed-before':
      'The new version is left out: it could not take over your database on this computer before. The next one will be offered.',
    'feed-unreadable':
      'Nothing was installed: the list of versions could not be understood. That is a fault of the place it comes from; Nunba looks again later.',
    'install-failed':
      'Nothing was installed: the system did not take the update. Look again, or get the new version from where you got this one.',
    'manifest-missing':
      'Nothing was installed: nobody has signed the new version yet, so it cannot be trusted. Nunba looks again later.',
    'manifest-wrong-key':
      'Nothing was installed: the new version is not signed with the key that this Nunba trusts. Somebody may have tampered with it; if it stays so, tell whoever gave you Nunba.',
    'older-version': 'Nothing was installed: what is offered is older than this version.',
    'package-changed':
      'Nothing was installed: what was downloaded is not what was signed, so it was removed. Look again; if it stays so, tell whoever gave you Nunba.',
    'snapshot-failed':
      'Nothing was installed: no copy of your database could be made first. Look under Storage whether there is room, then look again.',
    unreachable: 'Nobody answered when Nunba looked for updates. Check the network; Nunba tries again by itself.',
  },
  goBack: 'Install {{version}} again',
  getPrevious: 'Get {{version}}',
  hint: 'Nunba looks a minute after it starts and every 6 hours. Only versions signed with the key in this one are taken.',
  install: 'Install and restart',
  installing: 'Making a copy of your database, then installing Nunba {{version}}',
  lastChecked: 'This is the newest version. Looked',
  lastFailed: 'Looked',
  newestUnknown: 'Not looked for since Nunba started.',
  notes: 'What is new',
  off: 'This Nunba looks for no updates: it was built without a place to look at. Get new versions from where you got this one.',
  ready:
    'Nunba {{version}} is here and verified. It is installed when you quit, or now. A copy of your database is made first.',
  title: 'Updates',
  wentBack:
    'Nunba {{failed}} could not take over your database, so it was put back as it was before: nothing is lost. Go back to {{previous}}, which worked with it.',
} as const;
