import { Download, Pause, Play, RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CatalogueModelView, LocalModelsView } from '../../../node-core/api/local-model-views.ts';
import { formatBytes } from '../../messages/numbers.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { StatusGlyph } from '../../ui/status-glyph.tsx';
import { DownloadProgress } from './download-progress.tsx';
import { FitLine } from './fit-line.tsx';
import { GiveUp } from './give-up.tsx';
import { useIsAnswering } from './use-is-answering.ts';
import { wordsOf } from './words-of.ts';

interface LocalModelCardProps {
  model: CatalogueModelView;
  engine: NonNullable<LocalModelsView['engine']>;
  /** The one to begin with on this computer. */
  isRecommended?: boolean;
  /** What is said and can be done once it is here; default: it can be let answer. */
  here?: ReactNode;
}

/** One model that is offered: what it is, whether it fits, and everything that can be done with its download. */
export function LocalModelCard({ model, engine, isRecommended = false, here }: LocalModelCardProps) {
  const { t, i18n } = useTranslation();
  const billions = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 1 }).format(model.parameters / 1e9);
  const facts = [
    model.maker,
    t('local.parameters', { billions }),
    // What is searched with remembers nothing.
    here === undefined ? t('local.context', { count: wordsOf(model.contextTokens) }) : null,
    t('local.fromHost', { host: model.host }),
  ];
  return (
    <li className="flex flex-col gap-2 rounded-card border border-line bg-paper px-3.5 py-3">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <h3 className="font-semibold">{model.name}</h3>
        <Chip>{formatBytes(model.sizeBytes, i18n.language)}</Chip>
        <Chip>{model.licence}</Chip>
        {isRecommended && <Chip tone="accent">{t('local.recommended')}</Chip>}
      </div>
      <p className="text-small">{model.goodAt}</p>
      <p className="text-ink-2 text-small [overflow-wrap:anywhere]">
        {facts.filter((fact) => fact !== null).join('\u00a0· ')}
      </p>
      {model.state.kind !== 'here' && <FitLine fit={model.fit} />}
      <DownloadProgress model={model} engine={engine} />
      <CardActions model={model} engine={engine} isRecommended={isRecommended} here={here} />
    </li>
  );
}

function CardActions({ model, engine, isRecommended, here }: LocalModelCardProps) {
  const { t } = useTranslation();
  const get = useCall('localModels.get');
  const pause = useCall('localModels.pause');
  const { id, name, state } = model;
  const isUnderWay = ['queued', 'checking', 'receiving', 'waiting', 'engine'].includes(state.kind);
  const isBegun = state.kind === 'paused' || state.kind === 'failed';
  return (
    <div className="flex flex-wrap items-center gap-2">
      {state.kind === 'absent' && (
        <Button
          variant={isRecommended ? 'primary' : 'secondary'}
          size="sm"
          icon={<Download />}
          aria-label={t('local.getOf', { name })}
          disabled={model.fit.verdict === 'will-not-fit'}
          isBusy={get.isRunning}
          onClick={() => get.run({ id })}
        >
          {t('local.get')}
        </Button>
      )}
      {isUnderWay && (
        <Button size="sm" icon={<Pause />} aria-label={t('local.pauseOf', { name })} onClick={() => pause.run({ id })}>
          {t('local.pause')}
        </Button>
      )}
      {isBegun && (
        <Button
          variant="primary"
          size="sm"
          icon={state.kind === 'failed' ? <RotateCcw /> : <Play />}
          aria-label={t(state.kind === 'failed' ? 'local.againOf' : 'local.continueOf', { name })}
          isBusy={get.isRunning}
          onClick={() => get.run({ id })}
        >
          {t(state.kind === 'failed' ? 'local.again' : 'local.continue')}
        </Button>
      )}
      {(isUnderWay || isBegun) && <GiveUp model={model} />}
      {state.kind === 'here' && (here === undefined ? <HereLine model={model} engine={engine} /> : here)}
      <FailureNote failure={get.failure ?? pause.failure} className="w-full" />
    </div>
  );
}

/** On this computer; one click makes it the one that answers. */
function HereLine({ model, engine }: LocalModelCardProps) {
  const { t } = useTranslation();
  const isAnswering = useIsAnswering(model.id, engine);
  const get = useCall('localModels.get');
  return (
    <>
      <span className="flex items-center gap-2 text-small">
        <StatusGlyph status="ok" />
        {isAnswering ? t('local.answers') : t('local.here')}
      </span>
      {!isAnswering && (
        <Button
          size="sm"
          aria-label={t('local.useOf', { name: model.name })}
          isBusy={get.isRunning}
          onClick={() => get.run({ id: model.id })}
        >
          {t('local.use')}
        </Button>
      )}
      <FailureNote failure={get.failure} className="w-full" />
    </>
  );
}
