/** Settings, Keys: how keys of providers and tokens are kept. */
export const keys = {
  anewConfirm: 'Put aside and begin anew',
  anewHint:
    'If neither the keyring nor a passphrase opens them any more. Nothing is deleted: a copy that opens them later can be put back.',
  anewLost_one:
    'One stored key or token cannot be used afterwards. It is put aside in the folder “identity”, not deleted. Enter the keys of your providers again; programs that use the API need its new token.',
  anewLost_other:
    '{{count, number}} stored keys and tokens cannot be used afterwards. They are put aside in the folder “identity”, not deleted. Enter the keys of your providers again; programs that use the API need its new token.',
  anewOpen: 'Begin anew…',
  anewSection: 'Begin without them',
  anewTitle: 'Begin without the locked keys?',
  began: 'Begun anew. The locked keys were put aside.',
  bannerLocked: 'Stored keys are locked, so models that need one cannot answer.',
  bannerOpen: 'Show keys',
  changeRecovery: 'Change the passphrase',
  hasRecovery: 'A passphrase of yours opens the keys, too, also on a computer without this keyring.',
  kept: 'How keys are kept',
  keptHint: 'Keys of model providers and the token of the API. They are in no backup, export or log.',
  leftPlain_one: 'One key could not be encrypted and is still in a plain file. The log says why.',
  leftPlain_other: '{{count, number}} keys could not be encrypted and are still in plain files. The log says why.',
  loading: 'Asking how keys are kept',
  locked: 'Your keys are encrypted and locked. Nothing was changed.',
  newPassphrase: 'New passphrase',
  opened: 'The keys are open.',
  passphrase: 'Passphrase',
  passphraseHint: 'At least {{count, number}} characters. Several words that belong together only for you are good.',
  passphraseLost: 'Nobody can look it up. Keep it where you keep things that must not get lost.',
  passphraseShort: 'That is too short: at least {{count, number}} characters.',
  plain:
    'Your keys are in files that only your user account can read. They are not encrypted, because this session has no keyring to do it.',
  reason: {
    'keyring-changed':
      '{{recorded}} encrypted them, and this session has {{present}}, which cannot open them. In a session with {{recorded}} they are open again.',
    'keyring-missing':
      '{{recorded}} encrypted them, and this session has no keyring. Where {{recorded}} is, they are open again.',
    'keyring-refused':
      '{{recorded}} encrypted them, but does not open them any more; its own password may have been set anew.',
    'keyring-silent': 'The keyring does not answer; it may be waiting for its password. Unlock it; Nunba notices.',
    'passphrase-needed': 'They are encrypted with a passphrase alone. Enter it here.',
    'passphrase-wrong':
      'The file that NUNBA_KEY_PASSPHRASE_FILE names holds another passphrase. Put the right one into it, or enter it here.',
    'vault-damaged':
      'The file vault.json in the folder “identity” is damaged. Put a good copy of it back, then try again.',
    'vault-missing':
      'The file vault.json, which opens them, is missing from the folder “identity”. Put it back, then try again.',
    'vault-newer': 'A newer Nunba encrypted them. Update Nunba.',
  },
  orPassphrase: 'Or enter the passphrase of the recovery copy here.',
  recovery: 'Recovery copy',
  recoveryHint:
    'Without one, the keys are lost if the keyring is lost or replaced. A passphrase of yours then opens them, also on a computer without a desktop.',
  recoverySaved: 'Saved. The passphrase opens the keys from now on.',
  repeat: 'The same again',
  repeatWrong: 'The two are not the same.',
  saveRecovery: 'Save recovery copy',
  sealHere: 'Let {{keyring}} open them',
  sealHereOffer: '{{keyring}} cannot open these keys yet, so you will be asked for the passphrase at the next start.',
  sealedHere: '{{keyring}} opens the keys from now on.',
  sealedKeyring: 'Your keys are encrypted. {{keyring}} opens them when Nunba starts.',
  sealedPassphrase: 'Your keys are encrypted. They were opened with the passphrase, and are open until Nunba ends.',
  someKeyring: 'another keyring',
  tryAgain: 'Try again',
  unlock: 'Unlock',
  unlockSection: 'Unlock with the passphrase',
} as const;
