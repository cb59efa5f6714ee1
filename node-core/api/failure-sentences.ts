import { describeBytes } from '../protocol/describe-bytes.ts';
import { downloadSentences } from './download-failure.ts';
import { engineSentences } from './engine-failure.ts';
import type { Failure } from './failures.ts';
import { keyringName } from './key-views.ts';
import { modelFileSentences } from './model-file-defect.ts';

/**
 * What a person reads when something failed: consequence and cause first, then what to do. English; the page takes
 * them into its catalogue under the same names, the command line uses them as they stand. `{{name}}` stands for a
 * field of the failure; where a failure has sub-causes the key is `<kind>.<cause>`.
 */
export const failureSentences = {
  'invalid-input': 'That was not accepted: {{field}} is {{reason}}.',
  'not-found.conversation': 'This conversation is not here any more.',
  'not-found.message': 'This message is not here any more.',
  'not-found.note': 'This note is not here any more. Removed notes can be brought back for 30 days.',
  'not-found.agent': 'This agent is not here any more. Choose another one.',
  'not-found.provider': 'This model provider is not here any more.',
  'not-found.model': 'This model is not here any more. Choose another one.',
  'not-found.attachment': 'This attachment is not here any more.',
  'not-found.backup': 'This backup is not here any more.',
  'not-found.import': 'This import was cancelled or took too long. Start it again.',
  'not-found.checklist': 'This checklist is not here any more.',
  'not-found.invite': 'There is no such invite. `nunba-node invite list` shows them.',
  'not-found.request': 'There is no such request. `nunba-node requests list` shows them.',
  'not-found.member': 'There is no such member. `nunba-node members list` shows them.',
  'not-found.domain': 'No member has proven that domain.',
  'not-found.tool-server': 'This tool server is not here any more.',
  'not-found.collection': 'This collection is not here any more.',
  'not-found.file': 'This file is not there any more, or it is not in a collection.',
  'not-found.deed': 'There is nothing to answer or to take back any more.',
  'not-found.permission': 'This permission is not there any more.',
  'not-found.recipe': 'This recipe is not here any more.',
  'not-found.schedule': 'This schedule is not here any more.',
  'not-a-recipe': 'No recipe was made: no tool of this answer came to a result that could be had again.',
  'recipe-stopped': 'The recipe stopped at step {{step}} of {{count}}. {{reason}} What was done before stays as it is.',
  'not-found.folder': 'This folder is not picked any more.',
  'no-model':
    'No model is set up yet, so agents cannot answer. Choose one under Settings, Models; the Guide answers without one.',
  'model-unreachable.dns': 'There is no computer called {{host}}. Check the address, or the network.',
  'model-unreachable.refused': 'Nothing answers at {{host}}. Start the program that serves the model, then try again.',
  'model-unreachable.tls':
    'The connection to {{host}} is not safe: its certificate is not trusted. Test it under Settings, Models.',
  'model-unreachable.timeout':
    '{{host}} did not answer in time. Try again, or check that the model is not still loading.',
  'model-unreachable.closed': '{{host}} closed the connection before it answered. Try again.',
  'model-unreachable.network': 'The connection to {{host}} failed. Check the network, then try again.',
  'model-refused-key.with': '{{host}} refused the key. Enter it again under Settings, Models.',
  'model-refused-key.without': '{{host}} wants a key. Enter one under Settings, Models.',
  'model-rate-limited.known': '{{host}} takes no more requests just now. Try again in {{retryAfterSeconds}} s.',
  'model-rate-limited.unknown': '{{host}} takes no more requests just now. Wait a little, then try again.',
  'model-unknown': '{{host}} has no model called {{model}}. Choose another one.',
  'model-error': '{{host}} could not answer: {{detail}}',
  'model-bad-answer.cut':
    'The answer broke off: {{host}} closed the connection in the middle. What arrived is kept; continue or try again.',
  'model-bad-answer.not-a-stream':
    '{{host}} answered with something that is not a model’s answer. Check the address under Settings, Models.',
  'model-bad-answer.not-json':
    '{{host}} answered with something that cannot be read. Try again; if it stays so, the program there is not compatible.',
  'model-bad-answer.line-too-long': '{{host}} sent a single line of more than 4 MB and was cut off. Try again.',
  'model-bad-answer.silent':
    '{{host}} sent nothing for 60 s, so the wait was ended. Try again, or check that the program there still runs.',
  'model-bad-answer.empty': '{{host}} ended its answer without a word. Try again.',
  'model-context-full':
    'The conversation has become too long for {{model}}. Start a new one, edit an earlier message, or choose a model that remembers more.',
  'model-cannot-see': '{{model}} is not known to read pictures. Choose a model that does, or remove the picture.',
  ...engineSentences,
  'agent-limit.steps':
    'The agent used its tools {{allowed}} times without finishing and was stopped. Ask more narrowly, or continue.',
  'agent-limit.time': 'The agent worked for {{allowed}} s without finishing and was stopped. Continue, or try again.',
  'agent-limit.size': 'The agent’s work grew too large and was stopped. Ask more narrowly.',
  'agents-paused': 'Nothing was sent: you have paused the agents. Resume them, then send it again.',
  'turn-running': 'The agent is still answering. Stop it first, or wait.',
  'deed-running':
    'Something that an agent began here is still being done. Stop it, or wait until it has ended; then try again.',
  'turn-ended': 'This answer has ended already.',
  'too-large': '{{what}} is too large: {{size}}, at most {{limit}}.',
  'too-many': 'Too many: at most {{limit}} {{what}}.',
  'unsupported-file': '“{{name}}” cannot be attached. Text files and PNG, JPEG or WebP pictures can.',
  'import-unreadable': 'Nothing was imported: {{reason}}',
  'conflict.checklist': 'The checklist was changed elsewhere in the meantime; here it is as it stands now.',
  'conflict.note': 'The note was changed elsewhere in the meantime. Copy what you wrote, then open it again.',
  'conflict.agent': 'The agent was changed elsewhere in the meantime; here it is as it stands now.',
  'conflict.provider': 'The provider was changed elsewhere in the meantime; here it is as it stands now.',
  'conflict.tool-server':
    'Nothing was started: the tool server was changed in the meantime. Read what it runs now, then connect it.',
  'set-elsewhere': '{{name}} is set by {{source}} and cannot be changed here.',
  'config-invalid': '{{name}} ({{source}}) cannot be used: {{reason}}.',
  'tier-contradiction':
    'This data folder belongs to a {{folderTier}} node, but it was asked to start as {{askedTier}}. Start it as {{folderTier}}, or leave the hive first.',
  'port-taken.free': 'Port {{port}} is taken{{holder}}. Port {{freePort}} is free: use --port {{freePort}}.',
  'port-taken.none': 'Port {{port}} is taken{{holder}}, and so are the next ones. Choose another with --port.',
  'folder-unwritable':
    'The data folder {{path}} cannot be written to ({{reason}}). Change its permissions, or choose another with --data.',
  'folder-locked': 'The data folder {{path}} is already in use{{holder}}. Use that one, or stop it first.',
  'folder-foreign': 'The data folder {{path}} is not Nunba’s: {{reason}}. Choose another with --data.',
  'folder-refused.not-there': 'Nothing was picked: there is no folder {{path}}. Look whether it was moved.',
  'folder-refused.not-a-folder': 'Nothing was picked: {{path}} is no folder. Pick the folder that it is in.',
  'folder-refused.unreadable':
    'Nothing was picked: {{path}} cannot be read. Change its permissions, or pick another folder.',
  'folder-refused.root': 'A whole disk is too much for an agent to see. Pick a folder on it.',
  'folder-refused.home':
    'Your home folder holds keys and settings of other programs, so agents cannot see all of it. Pick a folder in it.',
  'folder-refused.own-data':
    'Nunba keeps its own data in {{path}}, so agents cannot see it. Pick a folder that neither holds Nunba’s data nor is in it.',
  'folder-refused.system': '{{path}} belongs to the system, so agents cannot see it. Pick a folder of your own.',
  'storage-damaged':
    'The database {{path}} is damaged ({{reason}}). Nothing was changed. Restore a backup from the folder “backups” beside it.',
  'storage-newer':
    'The database {{path}} was written by a newer Nunba (version {{found}}, this one knows {{known}}). Update Nunba; nothing was changed.',
  'storage-full': 'The disk is full, so nothing more can be kept. Free some space, then try again.',
  ...downloadSentences,
  ...modelFileSentences,
  'no-space':
    'There is too little room in {{path}}: {{needed}} are needed, {{free}} are free. Free some space or choose another folder, then continue.',
  'folder-unusable': 'Nothing was written: the folder {{path}} cannot be used ({{reason}}). Choose another one.',
  'backup-unreadable': 'The backup {{name}} cannot be used: {{reason}}',
  'update-failed':
    'Nunba {{failedVersion}} could not take over the database, so it was put back as it was; nothing is lost. Install {{previousVersion}} again, or start once more to try it again.',
  'secret-unreadable': 'The stored secret “{{name}}” cannot be read ({{reason}}). Enter it again under Settings.',
  'keys-locked.keyring-changed':
    'The stored keys cannot be used: {{recorded}} sealed them, and this session has {{present}}. Nothing was changed. Go back to {{recorded}}, or unlock them under Settings, Keys.',
  'keys-locked.keyring-missing':
    'The stored keys cannot be used: {{recorded}} sealed them, and this session has no keyring. Nothing was changed. Start Nunba where {{recorded}} is, or unlock them under Settings, Keys.',
  'keys-locked.keyring-refused':
    'The stored keys cannot be used: {{recorded}} sealed them, but does not open them any more. Nothing was changed. Unlock them with the passphrase under Settings, Keys.',
  'keys-locked.keyring-silent':
    'The stored keys cannot be used yet: the keyring does not answer. It may be waiting for its password. Unlock it, then try again under Settings, Keys.',
  'keys-locked.passphrase-needed':
    'The stored keys are locked with a passphrase. Enter it under Settings, Keys, or name a file that holds it in NUNBA_KEY_PASSPHRASE_FILE.',
  'keys-locked.passphrase-wrong':
    'The stored keys stay locked: the passphrase in the file that NUNBA_KEY_PASSPHRASE_FILE names is not theirs. Nothing was changed.',
  'keys-locked.vault-damaged':
    'The stored keys cannot be used: the file vault.json in the folder “identity” is damaged. Nothing was changed. Put a good copy back, or begin anew under Settings, Keys.',
  'keys-locked.vault-newer':
    'The stored keys cannot be used: a newer Nunba sealed them. Update Nunba; nothing was changed.',
  'keys-locked.vault-missing':
    'The stored keys cannot be used: the file vault.json, which opens them, is missing from the folder “identity”. Nothing was changed. Put it back, or begin anew under Settings, Keys.',
  'passphrase-refused': 'The keys stay locked: that is not their passphrase. Try again.',
  'no-keyring': 'Nothing was changed: this session has no keyring that can keep a key.',
  'keys-not-sealed': 'Nothing was changed: the keys are not sealed here, so there is nothing to recover.',
  'identity-unreadable':
    'Nunba does not start: this node’s own key at {{path}} cannot be used ({{reason}}). Nothing was changed. Put a good copy of the folder “identity” back; without one, move that folder away and the node begins as a new one, which has to join its hive again.',
  'membership-unreadable':
    'Nunba does not start: what it keeps of its hive at {{path}} cannot be read ({{reason}}). Nothing was changed. Update Nunba or put a good copy of that file back; without one, move it away and join the hive again.',
  'identity-elsewhere':
    'Nunba does not start: the folder {{path}} was made on another computer ({{madeOn}}), and one node must not run twice. If it has moved here, start once with --identity move; if it is a copy, start once with --identity new, which keeps the chats.',
  'link-invalid': 'This is not a link to join a hive: {{reason}}.',
  'already-joined': 'This node is in a hive already. Leave it first.',
  'join-running': 'This node is joining a hive already. Cancel that first.',
  'not-joined.confirm': 'There is nothing to confirm: this node is not waiting for words.',
  'not-joined.cancel': 'There is nothing to cancel: this node is not joining a hive.',
  'not-joined.renew': 'There is nothing to renew: this node is in no hive.',
  'not-joined.leave': 'There is nothing to leave: this node is in no hive.',
  'words-differ':
    'These are not the words of that hive, so nothing was joined. It states: {{stated}}. Ask its stewards on another way which words are right.',
  'not-issuing': 'This node issues no certificates: it is no central, and no regional that may issue.',
  'no-public-address':
    'No invite was made: this node does not know at which address others reach it. Start it with --public-url https://...',
  'federation-key.none': 'There is no federation key here: this node is in no hive, or has not received one yet.',
  'federation-key.of-central':
    'The federation key is central’s, so it was not changed here. Ask the hive’s stewards for `nunba-node federation-key rotate` at central.',
  ambiguous: '{{count}} keys begin so. Give more of it.',
  'signer-unreachable': 'The signer, which holds the master key, does not answer ({{reason}}). Nothing was signed.',
  'signer-refused': 'The signer refused to sign: {{reason}}.',
  'master-key-unusable': 'The master key at {{path}} cannot be used: {{reason}}.',
  'hive-refused': '{{sentence}}',
  'index-unavailable': 'The index of your files does not answer at the moment. It is being started; try again.',
  'no-desktop': 'This computer has no file manager to show the folder with. It is at {{path}}',
  disconnected: 'The connection to Nunba’s runtime is gone. It is being made again.',
  bug: 'Something went wrong that should not have. The log has the details under {{incident}}.',
} as const;

export type FailureSentenceKey = keyof typeof failureSentences;

const megabytes = (bytes: number): string =>
  bytes >= 1024 * 1024 ? `${(bytes / (1024 * 1024)).toFixed(1)} MB` : `${Math.ceil(bytes / 1024)} kB`;

/** Key and values of the sentence for a failure. */
export function failureSentence(failure: Failure): {
  readonly key: FailureSentenceKey;
  readonly values: Readonly<Record<string, string | number>>;
} {
  const key = sentenceKey(failure);
  return { key, values: sentenceValues(failure) };
}

function sentenceKey(failure: Failure): FailureSentenceKey {
  switch (failure.kind) {
    case 'not-found':
    case 'conflict':
      return `${failure.kind}.${failure.what}` as FailureSentenceKey;
    case 'model-unreachable':
    case 'model-bad-answer':
    case 'download-failed':
    case 'folder-refused':
      return `${failure.kind}.${failure.cause}` as FailureSentenceKey;
    case 'engine-ended':
      return `engine-ended.${failure.cause}`;
    case 'engine-absent':
      return `engine-absent.${failure.reason}`;
    case 'agent-limit':
      return `agent-limit.${failure.limit}`;
    case 'model-refused-key':
      return failure.hasKey ? 'model-refused-key.with' : 'model-refused-key.without';
    case 'model-rate-limited':
      return failure.retryAfterSeconds === null ? 'model-rate-limited.unknown' : 'model-rate-limited.known';
    case 'model-file':
      return `model-file.${failure.defect}`;
    case 'keys-locked':
      return `keys-locked.${failure.reason}`;
    case 'not-joined':
      return `not-joined.${failure.what}`;
    case 'federation-key':
      return `federation-key.${failure.what}`;
    case 'port-taken':
      return failure.freePort === null ? 'port-taken.none' : 'port-taken.free';
    default:
      return failure.kind;
  }
}

function sentenceValues(failure: Failure): Readonly<Record<string, string | number>> {
  const values: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(failure)) {
    if (typeof value === 'string' || typeof value === 'number') values[name] = value;
  }
  if (failure.kind === 'too-large') {
    values.size = megabytes(failure.sizeBytes);
    values.limit = megabytes(failure.limitBytes);
  }
  if (failure.kind === 'no-space') {
    values.needed = describeBytes(failure.neededBytes);
    values.free = describeBytes(failure.freeBytes);
  }
  if (failure.kind === 'port-taken') values.holder = failure.heldBy === null ? '' : ` by ${failure.heldBy}`;
  if (failure.kind === 'keys-locked') {
    values.recorded = keyringName(failure.recordedBackend) ?? 'another keyring';
    values.present = keyringName(failure.presentBackend) ?? 'none';
  }
  if (failure.kind === 'folder-locked') values.holder = lockHolder(failure.pid, failure.address);
  return values;
}

const lockHolder = (pid: number | null, address: string | null): string => {
  const process = pid === null ? '' : ` by process ${pid}`;
  return address === null ? process : `${process}, which answers at ${address}`;
};

/** The whole sentence in English. */
export function describeFailure(failure: Failure): string {
  const { key, values } = failureSentence(failure);
  return failureSentences[key].replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name] ?? ''));
}
