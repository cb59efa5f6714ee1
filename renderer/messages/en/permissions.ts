/** Words of the settings' page about what agents may do, and about what they did. */
export const permissions = {
  everyChat: 'in every chat',
  folders: 'Folders that agents see',
  foldersHint:
    'Agents list, read and search in them without asking, and see nothing else of this computer. Before they change anything there, they ask you, unless you have allowed it above.',
  forWhom: 'Which agent may see it?',
  found_one: '{{count, number}} permission found',
  found_other: '{{count, number}} permissions found',
  given: 'given',
  hint: 'What agents may do without asking you again. Taking a permission back holds at once; what is done already stays done.',
  loading: 'Asking for the permissions',
  noFolders: 'None. An agent sees a folder when you pick one for it or for a chat.',
  none: 'Agents ask you before they do anything',
  noneFound: 'No permission has these words.',
  noneHint:
    'Before an agent changes a file, asks a web page, runs a command or calls a server, the chat shows exactly what would happen. A permission stands here when you answer “Allow in this chat” or “Always allow”.',
  notThere: 'not there at present',
  oneChat: 'in one chat',
  remove: 'Take back',
  removeFolder: 'Take back the folder {{path}}',
  revoke: 'Take back',
  revokeWhat: 'Take back: {{what}}',
  revoked: 'Taken back. The agent asks again from now on.',
  search: 'Search permissions',
  seenByAgent: 'seen by {{agent}}, in every chat',
  seenInChat: 'seen by every agent in',
  title: 'Permissions',
} as const;
