import type { AccessRule, AccessRuleName } from '../protocol/who-can-read.ts';
import type { KeyedSentence } from './keyed-sentence.ts';

/**
 * Who can read what of this computer, and who can stop its agents, each as a sentence of its own (who-can-read.ts says
 * which hold). English; the page takes them into its catalogue as `accessRule`.
 */
export const accessSentences: Readonly<Record<AccessRuleName, string>> = {
  kept: 'Your chats are kept on this computer. Whoever uses your account on it can read them.',
  'kept-and-copied':
    'Your chats are kept on this computer, and {{program}} copies them elsewhere. Whoever can open that copy can read them.',
  'model-none': 'No model is chosen, so no model reads them. The Guide answers on this computer.',
  'model-here': '{{program}} on this computer reads what an agent needs to answer. Nunba sends it nowhere else.',
  'model-network':
    '{{host}} in your network receives what an agent needs to answer. Whoever runs that computer can read it.',
  'model-cloud':
    '{{host}} on the internet receives what an agent needs to answer. Whoever runs that service can read it.',
  'model-elsewhere':
    'A chat or agent that you give another model sends to that model’s place instead: {{hosts}}. Whoever runs it can read what it is sent.',
  'members-read-nothing': 'Being in the hive shows your chats to nobody: no member and no steward receives them.',
  'parent-serves-model':
    '{{host}} vouches for this computer and serves a model too. Whoever runs it can read what that model is sent.',
  'known-to-nobody': 'Nunba tells no other node about this computer.',
  'known-before-applying':
    '{{host}} sees this computer’s network address. It learns name and public key once you have confirmed whom to trust.',
  'known-while-joining':
    '{{host}} knows this computer’s name, public key and network address, because it asked to join.',
  'known-to-parent': '{{host}} knows this computer’s name, public key and network address, and when it is on.',
  'known-to-central': 'This computer is the hive’s central, so no other node stands above it.',
  'known-of-members': 'It keeps the name, public key and certificates of its members, and sees when they are on.',
  'known-after-end':
    'A hive that this computer was in keeps its name, its public key and the record that it was a member.',
  'agents-paused': 'You have paused them, so nothing is sent to any model until you resume them.',
  'stopped-by-you': 'Only you can stop the agents on this computer.',
  'stopped-by-you-until-joined':
    'Only you can stop the agents on this computer. Once it has joined, the hive’s stewards can too.',
  'stopped-by-stewards':
    'You can stop the agents on this computer, and so can the hive’s stewards: all of them, your own chats too, until they resume or you leave.',
  'stopped-by-stewards-at-central':
    'You can stop the agents on this computer, and so can the hive’s stewards: all of them, your own chats too, until they resume.',
  'others-do-nothing':
    'By default other members can do nothing here: they start no agents, give no tasks and see no files of this computer.',
};

/** The sentence of a rule. */
export const accessSentence = ({ name, values }: AccessRule): KeyedSentence => ({ key: `accessRule.${name}`, values });
