import type { TFunction } from 'i18next';

/** How a hive is called in a title: by its own name, or as one without. */
export const hiveName = (t: TFunction, name: string | null): string => name ?? t('join.nameless');

/** The host of an address, or the address as it is where it has none. */
export const hostOf = (address: string): string => URL.parse(address)?.host || address;
