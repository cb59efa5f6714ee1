import type { CallResult } from '../api/contract.ts';
import { locateHost } from '../protocol/location.ts';
import type { Trust } from './trust-gate.ts';

type Contacts = CallResult<'about.get'>['contacts'];

/** Whom this node contacts for its place in a hive: the parent, or the issuer that it asks to join. */
export function hiveContacts({ view }: ReturnType<Trust['place']>): Contacts {
  const url = view?.parentUrl ? URL.parse(view.parentUrl) : null;
  if (url === null) return [];
  const { host, hostname } = url;
  return [{ host, purpose: 'hive', name: view?.name ?? host, location: locateHost(hostname).kind }];
}
