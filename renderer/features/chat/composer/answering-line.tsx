import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { placeName, readersSentence } from '../../../messages/readers.ts';
import type { Answering } from './answering-model.ts';

/** Which model answers, where, and why, in one sentence; who can read along on hover. */
export function AnsweringLine({ answering }: { readonly answering: Answering }) {
  const { t } = useTranslation();
  return (
    <p className="mt-1.5 text-balance text-center text-ink-3 text-tiny" title={readersOf(t, answering)}>
      {sentenceOf(t, answering)}
    </p>
  );
}

function sentenceOf(t: TFunction, answering: Answering): string {
  switch (answering.kind) {
    case 'guide':
      return t('chat.guideAnswers');
    case 'no-model':
      return t('chat.nobodyAnswers');
    case 'missing':
      return t('chat.missingModel', { model: answering.ref });
    case 'model':
      return t('chat.modelAnswers', {
        model: answering.model.name,
        place: placeName(t, answering.model.location),
        reason: t(`chat.reason.${answering.reason}`),
      });
  }
}

const readersOf = (t: TFunction, answering: Answering): string | undefined =>
  answering.kind === 'model' ? readersSentence(t, answering.model.location, answering.providerName) : undefined;
