/** Words of the settings' page about what agents did. */
export const activity = {
  by: 'by {{agent}}',
  end: {
    done: 'Done.',
    'not-done': 'Not done.',
    partly_one: 'Stopped on the way: {{done, number}} of {{count, number}} step was done.',
    partly_other: 'Stopped on the way: {{done, number}} of {{count, number}} steps were done.',
    running: 'At work now.',
    undone: 'Done, and taken back since.',
  },
  exactly: 'What exactly',
  hint: 'What agents did beyond reading and answering, newest first. Files that they changed can be put back as they were.',
  loading: 'Asking what was done',
  more: 'Show older ones',
  none: 'No agent has done anything yet',
  noneHint: 'Changes to files, questions to the web, commands and calls to servers stand here, whoever allowed them.',
  program: 'a program that asked over Nunba’s address',
  title: 'Activity',
  unknown: {
    'call-server': 'It broke off. It is not known whether the server did it.',
    'change-files': 'It broke off. It is not known whether the last change was made.',
    'fetch-page': 'It broke off. It is not known whether the page was asked for.',
    'run-command': 'It broke off. It is not known whether the command finished.',
  },
} as const;
