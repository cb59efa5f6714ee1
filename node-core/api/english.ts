import { accessSentences } from './access-sentences.ts';
import { failureSentences } from './failure-sentences.ts';
import { healthSentences } from './health-sentences.ts';
import { joinStepSentences } from './join-step-sentences.ts';
import { type KeyedSentence, textOf, type ValueWriter, writeValue } from './keyed-sentence.ts';
import { stateSentences } from './state-sentences.ts';
import { toolServerSentences } from './tool-server-sentences.ts';
import { linkDefects, obstacleSentences } from './trust-sentences.ts';

/** All that the node itself says, by area: what the page takes into its catalogue under the same names. */
export const nodeSentences = {
  accessRule: accessSentences,
  failure: failureSentences,
  health: healthSentences,
  joinStep: joinStepSentences,
  linkDefect: linkDefects,
  obstacle: obstacleSentences,
  state: stateSentences,
  toolServer: toolServerSentences,
} as const;

const write: ValueWriter = {
  time: (at) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
  sentence: (keyed) => english(keyed),
};

/** A sentence as the command line, the tray and the log say it. */
export function english({ key, values }: KeyedSentence): string {
  const text = textOf(nodeSentences, key) ?? key;
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(writeValue(values[name] ?? '', write)));
}
