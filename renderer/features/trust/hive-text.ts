import type { TFunction } from 'i18next';

/** A hive in a sentence: "the hive Lakeside", or "the hive" where it has no name. */
export const hiveText = (t: TFunction, name: string | null): string =>
  name === null ? t('trust.hiveUnnamed') : t('trust.hiveNamed', { name });
