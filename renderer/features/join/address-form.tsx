import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MemberTier } from '../../../node-core/protocol/trust/certificate.ts';
import { Button } from '../../ui/button.tsx';
import { Field, TextInput } from '../../ui/field.tsx';
import { RadioCards } from '../../ui/radio-cards.tsx';
import type { AddressOrder } from './address-order.ts';

interface AddressFormProps {
  /** What the form begins with. */
  readonly initial: AddressOrder | null;
  readonly onAddress: (order: AddressOrder) => void;
  readonly isBusy: boolean;
}

/** Joins by the address of a server, with the hive's four words where the person was told them. */
export function AddressForm({ initial, onAddress, isBusy }: AddressFormProps) {
  const { t } = useTranslation();
  const [address, setAddress] = useState(initial?.address ?? '');
  const [words, setWords] = useState(initial?.words ?? '');
  const [tier, setTier] = useState<MemberTier>(initial?.tier ?? 'regional');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onAddress({ address: address.trim(), tier, words: words.trim() || null });
  };
  return (
    <form onSubmit={submit} className="mt-3 flex flex-col gap-4">
      <Field label={t('join.address')} hint={t('join.addressHint')}>
        <TextInput
          value={address}
          onChange={(event) => setAddress(event.target.value)}
          dir="ltr"
          inputMode="url"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={500}
        />
      </Field>
      <RadioCards
        legend={t('join.tier')}
        value={tier}
        onChange={setTier}
        options={[
          { value: 'regional', label: t('join.tierRegional'), hint: t('join.tierRegionalHint') },
          { value: 'local', label: t('join.tierLocal'), hint: t('join.tierLocalHint') },
        ]}
      />
      <Field label={t('join.words')} hint={t('join.wordsHint')}>
        <TextInput
          value={words}
          onChange={(event) => setWords(event.target.value)}
          dir="ltr"
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          maxLength={200}
        />
      </Field>
      <div className="flex justify-end">
        <Button type="submit" variant="primary" isBusy={isBusy} disabled={address.trim() === ''}>
          {t('join.continue')}
        </Button>
      </div>
    </form>
  );
}
