import type { KeyedSentence } from './keyed-sentence.ts';
import type { JoinStepName } from './trust-views.ts';

/** What is said of each step of a join when it is done; the page takes them into its catalogue as `joinStep`. */
export const joinStepSentences: Readonly<Record<JoinStepName, string>> = {
  'keys-ready': 'Keys ready',
  'issuer-reached': '{{issuer}} reached',
  'issuer-proved': 'It proved that it is the hive’s',
  'challenge-answered': 'Challenge answered',
  'certificate-received': 'Certificate received, until {{until}}',
  'federation-key-set': 'Federation key set',
  'signed-requests': '{{issuer}} answers signed requests',
};

/** @param issuer its name or host @param until end of the certificate, ms since the epoch */
export const joinStepSentence = (
  name: JoinStepName,
  { issuer, until }: { readonly issuer: string; readonly until: number },
): KeyedSentence => ({ key: `joinStep.${name}`, values: { issuer, until: { at: until } } });
