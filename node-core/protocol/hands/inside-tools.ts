/**
 * Tools whose results say only what Nunba itself computed or did. Everything else, tools of servers above all, brings
 * what others wrote, and the person is told so.
 */
export const insideTools: ReadonlySet<string> = new Set([
  'calculate',
  'date',
  'write_file',
  'move_files',
  'remove_files',
]);
