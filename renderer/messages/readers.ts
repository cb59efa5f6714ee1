import type { TFunction } from 'i18next';
import type { ModelLocation } from '../../node-core/protocol/location.ts';

/**
 * Who receives what the person writes, as one sentence computed from where the model runs.
 * @param location of the model that would answer, or `null` if none would
 * @param program name of the program or provider that serves it
 */
export function readersSentence(t: TFunction, location: ModelLocation | null, program: string): string {
  switch (location?.kind) {
    case undefined:
      return t('access.nobody');
    case 'this-computer':
      return t('access.thisComputer', { program });
    case 'local-network':
      return t('access.localNetwork', { host: location.host });
    case 'cloud':
      return t('access.cloud', { host: location.host });
  }
}

/** Where a model runs, in a few words: "this computer", or the host. */
export function placeName(t: TFunction, location: ModelLocation): string {
  return location.kind === 'this-computer' ? t('access.placeThisComputer') : location.host;
}
