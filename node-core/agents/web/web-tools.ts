import type { Clock } from '../../protocol/ports/clock.ts';
import type { ToolSource } from '../tools/toolbox.ts';
import { createFetchPage, type WebMeans } from './fetch-page.ts';
import { resolveBySystem } from './page-connection.ts';
import { isPublicAddress } from './public-address.ts';

/** Reads pages of the open web, for agents that may. */
export function createWebTools(clock: Clock, version: string, reckoner: WebMeans['reckoner']): ToolSource {
  const reach = { resolve: resolveBySystem, isAllowed: isPublicAddress };
  const fetchPage = createFetchPage({ reach, clock, reckoner, version });
  return { toolsFor: async ({ tools }) => (tools.includes('fetch_page') ? [fetchPage] : []) };
}
