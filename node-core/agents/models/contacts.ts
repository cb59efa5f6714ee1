import type { z } from 'zod';
import type { ModelsView } from '../../api/model-views.ts';
import type { contactSchema } from '../../api/node-views.ts';
import { locateHost } from '../../protocol/location.ts';

export type Contact = z.infer<typeof contactSchema>;

/** Every host that may be contacted for models: the providers, and the programs that are looked for when asked. Pure. */
export function contactsOf({ providers, programs }: Pick<ModelsView, 'providers' | 'programs'>): Contact[] {
  const contact = (url: string, name: string, purpose: Contact['purpose']): Contact => {
    const { host, hostname } = new URL(url);
    return { host, purpose, name, location: locateHost(hostname).kind };
  };
  return [
    ...providers.filter(({ kind }) => kind !== 'local').map(({ url, name }) => contact(url, name, 'model')),
    ...programs.map(({ url, name }) => contact(url, name, 'model-discovery')),
  ];
}
