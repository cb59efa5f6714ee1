import { useTranslation } from 'react-i18next';
import { obstacleSentence } from '../../../node-core/api/trust-sentences.ts';
import { sentenceText } from '../../messages/sentence-text.ts';
import type { Application } from './join-stage.ts';
import { NextTry } from './next-try.tsx';

/** Why a join stands still, what to do, and when it is tried again; nothing while it goes on. */
export function ObstacleText({ application }: { readonly application: Application }) {
  const { t, i18n } = useTranslation();
  const { obstacle, nextTryAt } = application;
  if (!obstacle) return null;
  return (
    <p className="text-pretty text-ink-2 text-small [overflow-wrap:anywhere]">
      {sentenceText(t, i18n.language, obstacleSentence(obstacle))} {nextTryAt !== null && <NextTry at={nextTryAt} />}
    </p>
  );
}
