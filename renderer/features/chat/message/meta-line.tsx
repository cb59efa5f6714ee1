import { Info } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AssistantMessageView } from '../../../../node-core/api/conversation-views.ts';
import { placeName } from '../../../messages/readers.ts';
import { fullTime } from '../../../messages/time.ts';
import { useWatched } from '../../../rpc/use-watched.ts';
import { Button } from '../../../ui/button.tsx';
import { useThreadSurroundings } from '../thread/thread-context.tsx';
import { messageSpeed } from './message-times.ts';

/** Who wrote an answer and where; how fast, where the person wants to know. */
export function MetaLine({ message }: { readonly message: AssistantMessageView }) {
  const { t } = useTranslation();
  const { showTimings } = useThreadSurroundings();
  const [isAsked, setAsked] = useState(false);
  const { provenance, timing } = message;
  if (!provenance) return null;
  const isTimed = provenance.kind === 'model' && timing !== null;
  return (
    <span className="inline-flex min-w-0 flex-wrap items-center gap-x-1 text-ink-3 text-tiny">
      {provenance.kind === 'guide' ? <span>{t('chat.byGuide')}</span> : <ByModel by={provenance} />}
      {isTimed && (showTimings || isAsked) && <Speed message={message} />}
      {isTimed && !showTimings && !isAsked && (
        <Button
          variant="quiet"
          size="sm"
          icon={<Info className="size-3.5!" />}
          label={t('chat.showTimes')}
          onClick={() => setAsked(true)}
          className="size-6! opacity-0 focus-visible:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100"
        />
      )}
    </span>
  );
}

type Provenance = NonNullable<AssistantMessageView['provenance']>;

/** Which model it was, by its name as long as it is there. */
function ByModel({ by }: { readonly by: Extract<Provenance, { kind: 'model' }> }) {
  const { t } = useTranslation();
  const models = useWatched('models.watch', {}).value?.models;
  const model = models?.find(({ ref }) => ref === by.ref)?.name ?? by.modelId;
  return (
    <span title={t(`chat.reason.${by.reason}`)}>{t('chat.byModel', { model, place: placeName(t, by.location) })}</span>
  );
}

function Speed({ message }: { readonly message: AssistantMessageView }) {
  const { t, i18n } = useTranslation();
  const { firstTokenSeconds, tokensPerSecond } = messageSpeed(message.timing);
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 });
  return (
    <span className="tabular-nums">
      {firstTokenSeconds !== null && <> · {t('chat.firstWord', { seconds: number.format(firstTokenSeconds) })}</>}
      {tokensPerSecond !== null && <> · {t('chat.tokensPerSecond', { rate: Math.round(tokensPerSecond) })}</>}
      {` · ${fullTime(message.createdAt, i18n.language)}`}
    </span>
  );
}
