/** Words about links and link files that were opened with Nunba. */
export const links = {
  agentMissing: 'It asks for the agent “{{asked}}”, which is not here, so {{agent}} would answer.',
  belowFromFile: 'The end of this text came from a file, below what you had written. Read it before you send it.',
  belowFromLink: 'The end of this text came from a link, below what you had written. Read it before you send it.',
  chatFromFile: 'This chat was opened by a file.',
  chatFromLink: 'This chat was opened by a link.',
  onlyByButton: 'Enter does not send it',
  remove: 'Remove that text',
  textFromFile: 'This text came from a file. Read it before you send it.',
  textFromLink: 'This text came from a link. Read it before you send it.',
  textFromSeveral: 'Parts of this text came from links. Read them before you send it.',
} as const;
