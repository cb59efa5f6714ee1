import type { KeyedSentence } from './keyed-sentence.ts';
import type { JoinStepName } from './trust-views.ts';

/** What is said of each step of a join when it is done; the page takes them into its catalogue as `joinStep`. */
export const joinStepSentences: Readonly<Record<JoinStepName, string>> = {
  'keys-ready': 'Keys ready',
  'issuer-reached': '{{issuer}} reached',
  'issuer-proved': '{{issuer}} proved that it is the hive’s',
  'challenge-answered': 'Challenge answered',
  'certificate-received': 'Certificate received',
  'federation-key-set': 'Federation key set',
  'signed-requests': '{{issuer}} answers signed requests',
};

/** @param issuer its name or host */
export const joinStepSentence = (name: JoinStepName, issuer: string): KeyedSentence => ({
  key: `joinStep.${name}`,
  values: { issuer },
});
