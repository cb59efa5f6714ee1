import fs from 'node:fs';
import path from 'node:path';
import { FailureError } from '../api/failures.ts';
import { placesIn } from '../platform/data-folder.ts';
import type { DecidedConfig } from './decide-config.ts';

/**
 * Refuses with `config-invalid` a node that is to serve as a member while nothing says of which hive: it is in none, has
 * not begun to join one, and is told of none.
 */
export function refuseAimlessTier({ values, decided }: DecidedConfig): void {
  const { tier, joinLink, joinLinkFile, centralUrl, dataFolder } = values;
  if (tier !== 'regional' && tier !== 'local') return;
  const isTold = joinLink !== null || joinLinkFile !== null || (tier === 'regional' && centralUrl !== null);
  if (isTold || fs.existsSync(path.join(placesIn(dataFolder).identity, 'membership.json'))) return;
  const asked = decided.find(({ name }) => name === 'tier');
  const reason = tier === 'regional' ? 'it needs HEVOLVE_CENTRAL_URL or a join link' : 'it needs a join link';
  const source = asked?.source.slice(0, 200) ?? 'default';
  throw new FailureError({ kind: 'config-invalid', name: asked?.setBy ?? '--tier', source, reason });
}
