import { nodeSentences } from '../../node-core/api/english.ts';
import { access } from './en/access.ts';
import { activity } from './en/activity.ts';
import { agents } from './en/agents.ts';
import { app } from './en/app.ts';
import { chat } from './en/chat.ts';
import { checks } from './en/checks.ts';
import { desktop } from './en/desktop.ts';
import { folders } from './en/folders.ts';
import { hands } from './en/hands.ts';
import { join } from './en/join.ts';
import { keys } from './en/keys.ts';
import { knowledge } from './en/knowledge.ts';
import { links } from './en/links.ts';
import { local } from './en/local.ts';
import { members } from './en/members.ts';
import { models } from './en/models.ts';
import { notes } from './en/notes.ts';
import { permissions } from './en/permissions.ts';
import { recipes } from './en/recipes.ts';
import { search } from './en/search.ts';
import { servers } from './en/servers.ts';
import { settings } from './en/settings.ts';
import { shell } from './en/shell.ts';
import { sidebar } from './en/sidebar.ts';
import { status } from './en/status.ts';
import { storage } from './en/storage.ts';
import { time } from './en/time.ts';
import { trust } from './en/trust.ts';
import { ui } from './en/ui.ts';
import { updates } from './en/updates.ts';
import { welcome } from './en/welcome.ts';

/**
 * Every text of the page in English; the keys of other languages are these. `t('chat.send')`: area, then name.
 * Failures and states keep the names and words that the node itself uses.
 */
export const english = {
  ...nodeSentences,
  access,
  activity,
  agents,
  app,
  chat,
  checks,
  folders,
  hands,
  join,
  members,
  trust,
  desktop,
  knowledge,
  links,
  local,
  keys,
  models,
  permissions,
  recipes,
  notes,
  search,
  settings,
  shell,
  sidebar,
  status,
  storage,
  time,
  servers,
  ui,
  updates,
  welcome,
} as const;
