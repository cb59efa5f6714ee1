import type { KeyedSentence } from './keyed-sentence.ts';
import type { ToolServerTrouble } from './mcp-views.ts';

/** Why a server of tools cannot be used: what the person reads, and what the model is told. `{{detail}}` as the trouble says. */
export const toolServerSentences = {
  'no-program': 'It could not be started: there is no program called {{detail}}. Install it, or give its full path.',
  'not-allowed': 'It could not be started: {{detail}} may not be run. Check its permissions.',
  'no-folder': 'It could not be started: there is no folder {{detail}}. Choose another one.',
  ended: 'It ended by itself ({{detail}}). Its log may say why.',
  'silent-start': 'It was started but did not answer within {{detail}} s, so it was ended. Its log may say why.',
  hung: 'It stopped answering, so it was ended.',
  flood: 'It sent far more than a server of tools would, so it was ended.',
  'too-large': 'It sent a single message of more than {{detail}} MB, so it was ended.',
  'not-mcp': 'What answers there does not speak the Model Context Protocol. {{detail}}',
  unauthorized: '{{detail}} wants other proof of who you are. Enter its header again, for example Authorization.',
  'http-status': 'The server refused: {{detail}}.',
  redirected: '{{detail}} sends requests on to another address, which is not followed. Enter the final address.',
  unreachable: 'Nothing answers at {{detail}}. Check the address, and that the server runs.',
  'keys-locked': 'The values that are kept for it cannot be read at present. Unlock the keys in Settings.',
} as const satisfies Readonly<Record<ToolServerTrouble['kind'], string>>;

/** The sentence of a trouble, for the catalogue. */
export function toolServerSentence({ kind, detail }: ToolServerTrouble): KeyedSentence {
  return { key: `toolServer.${kind}`, values: { detail } };
}
