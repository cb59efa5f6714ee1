/** Words of the window around the screens. */
export const app = {
  connecting: 'Connecting to Nunba …',
  crashed: 'This page stopped working. What you wrote is kept; load the page again to go on.',
  crashedTitle: 'Something went wrong here',
  loading: 'Loading …',
  lost: 'The connection to Nunba is gone and is being made again. Nothing you typed is lost.',
  noSession:
    'Only Nunba itself can open this page, and each link works once. Open it again with “npm start” or “nunba-node serve --ui --open”.',
  noSessionTitle: 'This page is not connected to Nunba',
  notThere: 'Nunba does not answer. If it was closed, start it again; this page connects by itself.',
  openSidebar: 'Open the sidebar',
  reload: 'Load again',
  shortcuts: 'Keyboard shortcuts',
  shortcut: {
    'focus-composer': 'Write a message',
    lists: 'Move in a list',
    'new-chat': 'New chat',
    newline: 'New line',
    rename: 'Rename a conversation in the sidebar',
    search: 'Search everything',
    send: 'Send the message',
    settings: 'Settings',
    shortcuts: 'This list',
    stop: 'Stop the answer',
  },
  sidebar: 'Sidebar',
  skipToChat: 'Skip to the conversation',
} as const;
