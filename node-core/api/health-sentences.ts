import type { HealthCheck } from '../protocol/health-check.ts';
import type { KeyedSentence } from './keyed-sentence.ts';
import { reasonSentence, reasonTitle } from './state-sentences.ts';

/**
 * What a check says that has nothing to complain of: a title under `<code>.<finding>` and, under `<code>.<finding>.why`,
 * what was seen. English; the page takes them into its catalogue as `health`.
 */
export const healthSentences = {
  'runtime.running': 'Nunba’s runtime runs',
  'runtime.running.why': 'It answers now.',
  'runtime.not-connected': 'Nunba’s runtime is not connected',
  'runtime.not-connected.why': 'This window has no connection to it just now, and tries again by itself.',
  'model.answers': '{{model}} answers',
  'model.answers.why': 'It answered the last request to it.',
  'model.answered-badly': '{{model}} answered with an error',
  'model.answered-badly.why':
    'Its host can be reached, but the last request to it did not end well. The chat says why.',
  'model.not-asked': '{{model}} was not asked yet',
  'model.not-asked.why': 'Nothing was sent to it since Nunba started. Check now asks its program which models it has.',
  'model.none': 'No model is chosen yet',
  'model.looking': '{{model}} is being looked for',
  'model.looking.why': 'The last request did not reach it.',
  'certificate.valid': 'Certificate valid',
  'certificate.valid.why': 'Until {{until}}; it renews itself on {{renewal}}.',
  'certificate.valid-until': 'Certificate valid',
  'certificate.valid-until.why': 'Until {{until}}.',
  'certificate.tried-again': 'Certificate valid, its renewal is tried again',
  'certificate.tried-again.why': 'Until {{until}}; the last renewal did not work, and the next try follows by itself.',
  'parent.verified': '{{host}} answers',
  'parent.verified.why': 'It vouches for this computer in the hive, and has proven itself.',
  'parent.not-answered': '{{host}} did not answer the last time',
  'parent.not-answered.why': 'It answered shortly before, and is asked again by itself. Chats go on as before.',
  'signer.issuing': 'Certificates can be issued',
  'signer.issuing.why': 'The signer and the database answered.',
  'database.sound': 'Database sound',
  'database.sound.why': 'All of it was looked through. Conversations: {{conversations}}; messages: {{messages}}.',
  'database.not-looked': 'Database not looked through yet',
  'database.not-looked.why': 'That happens a minute after the start and once a day. Check now does it at once.',
  'disk.room': 'Room on the disk',
  'disk.room.why': '{{free}} are free.',
  'disk.little': 'Little room on the disk',
  'disk.little.why': 'Only {{free}} are free. Free some space, so that backups fit.',
  'disk.synchronised': '{{program}} synchronises the data folder',
  'disk.synchronised.why':
    'That can damage the database and copies your chats elsewhere. Choose a folder on this computer only with --data. {{free}} are free.',
  'disk.not-looked': 'Disk not looked at yet',
  'disk.not-looked.why': 'Check now does it at once.',
  'clock.right-by-hive': 'Clock right',
  'clock.right-by-hive.why': 'It differs by {{difference}} from the hive’s.',
  'clock.right-by-files': 'Clock right',
  'clock.right-by-files.why': 'It is not before anything that is stored here.',
  'ports.open': 'Programs on this computer reach Nunba',
  'ports.open.why': 'It answers at {{address}}, to this computer alone.',
  'ports.moved': 'Port {{port}} is another program’s',
  'ports.moved.why': 'So Nunba answers at {{address}}. Programs that were told the other port need this one.',
  'ports.closed': 'Programs on this computer do not reach Nunba',
  'ports.closed.why': 'It listens at no port. Chats go on; start Nunba anew to try again.',
  'hive-port.open': 'It listens for others of the hive',
  'hive-port.open.why': 'At {{address}}. Whether they get through to it is seen at their end alone.',
  'keys.sealed-by-keyring': 'Keys are encrypted',
  'keys.sealed-by-keyring.why': 'The system’s keyring opened them.',
  'keys.sealed-by-passphrase': 'Keys are encrypted',
  'keys.sealed-by-passphrase.why': 'The passphrase opened them.',
  'keys.left-plain': 'Some keys are not encrypted',
  'keys.left-plain.why': 'Files: {{count}}. They could not be encrypted, and the log says why.',
  'keys.plain': 'Keys are not encrypted',
  'keys.plain.why':
    'They are in files for your user account alone, as there is no keyring here. Name a file with a passphrase in NUNBA_KEY_PASSPHRASE_FILE to encrypt them.',
  'updates.off': 'This build looks for no updates',
  'updates.off.why': 'It was made without an address for them.',
  'updates.idle': 'No update waits',
  'updates.idle.why': 'The last look found nothing newer.',
  'updates.not-asked': 'Updates were not asked for yet',
  'updates.not-asked.why': 'That happens by itself. Check for updates does it at once.',
  'updates.under-way': 'An update is being fetched',
  'updates.under-way.why': 'It is checked before it can be installed.',
  'updates.ready': 'Nunba {{version}} is ready',
  'updates.ready.why': 'It was downloaded and checked. It is installed when you quit.',
  'updates.failed': 'The last update did not work',
  'updates.failed.why': 'Nunba goes on as it is. Settings, Updates says why.',
} as const;

/** What a check is called: that of its reason, or that of what was found. */
export function checkTitle({ code, finding, values, reason }: HealthCheck): KeyedSentence {
  // The state without a model has a sentence of its own, which says more than this check.
  if (reason?.kind === 'no-model') return { key: 'health.model.none', values: {} };
  return reason ? reasonTitle(reason) : { key: `health.${code}.${finding}`, values };
}

/** What was seen, and what to do. */
export const checkSentence = ({ code, finding, values, reason }: HealthCheck): KeyedSentence =>
  reason ? reasonSentence(reason) : { key: `health.${code}.${finding}.why`, values };
