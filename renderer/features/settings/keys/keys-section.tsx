import { useTranslation } from 'react-i18next';
import { useWatched } from '../../../rpc/use-watched.ts';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Spinner } from '../../../ui/spinner.tsx';
import { LockedKeys } from './locked-keys.tsx';
import { PlainKeys } from './plain-keys.tsx';
import { SealedKeys } from './sealed-keys.tsx';

/** Settings, Keys: how keys are kept, and what opens them again when the keyring does not. */
export function KeysSection() {
  const { t } = useTranslation();
  const { value: storage, failure } = useWatched('keys.watch', {});
  if (!storage) return failure ? <FailureNote failure={failure} /> : <Spinner label={t('keys.loading')} />;
  switch (storage.kind) {
    case 'plain':
      return <PlainKeys />;
    case 'sealed':
      return <SealedKeys storage={storage} />;
    case 'locked':
      return <LockedKeys storage={storage} />;
  }
}
