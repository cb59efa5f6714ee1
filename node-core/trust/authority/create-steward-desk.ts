import { FailureError } from '../../api/failures.ts';
import { keepInAudit } from './audit.ts';
import type { FederationKeyDesk, FederationKeyView } from './federation-key-desk.ts';
import type { StewardDesk, StewardDeskOptions } from './steward-desk.ts';
import { createInviteHandlers } from './steward-invites.ts';
import { createMemberHandlers } from './steward-members.ts';
import { createRequestHandlers } from './steward-requests.ts';

/**
 * What stewards can do at this node. On a node that issues nothing everything is refused with `not-issuing`, but for
 * what there is from a time when it did, and the federation key, which every member may see.
 */
export function createStewardDesk(options: StewardDeskOptions): StewardDesk {
  const { storage, federationKey, hiveTime } = options;
  return {
    handlers: {
      calls: {
        ...createInviteHandlers(options),
        ...createRequestHandlers(options),
        ...createMemberHandlers(options),
        'authority.federationKey': () => shown(federationKey),
        'authority.rotateFederationKey': async () => {
          await federationKey.rotate();
          const detail = { after: 'asked' };
          await keepInAudit(storage.db, { at: hiveTime.now(), act: 'federation-key-rotated', subject: '', detail });
          return shown(federationKey);
        },
      },
    },
  };
}

function shown(desk: FederationKeyDesk): FederationKeyView {
  const view = desk.view();
  if (view === null) throw new FailureError({ kind: 'federation-key', what: 'none' });
  return view;
}
