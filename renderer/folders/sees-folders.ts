import type { AgentView } from '../../node-core/api/agent-views.ts';

const fileTools: ReadonlySet<string> = new Set([
  'list_files',
  'read_file',
  'search_files',
  'write_file',
  'move_files',
  'remove_files',
]);

/** Whether picking a folder for an agent lets it see anything: it has a tool for files. Pure. */
export const seesFolders = ({ tools }: Pick<AgentView, 'tools'>): boolean => tools.some((tool) => fileTools.has(tool));
