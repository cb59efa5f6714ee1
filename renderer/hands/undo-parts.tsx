import { Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { PastDeed } from '../../node-core/api/hands-views.ts';
import { Button } from '../ui/button.tsx';
import { FailureNote } from '../ui/failure-note.tsx';
import { ExactText } from './exact-text.tsx';
import { PathText } from './path-text.tsx';
import type { Undoing } from './use-undo.ts';

interface UndoButtonProps {
  readonly undo: PastDeed['undo'];
  readonly undoing: Undoing;
  /** What is taken back, for those who hear it. */
  readonly what: string;
}

/** Takes back what was done, or says that it was; nothing where nothing can be. */
export function UndoButton({ undo, undoing, what }: UndoButtonProps) {
  const { t } = useTranslation();
  if (undo === 'none') return null;
  if (undo === 'possible' && undoing.result === null) {
    return (
      <Button
        size="sm"
        icon={<Undo2 />}
        isBusy={undoing.isRunning}
        aria-label={t('hands.undoWhat', { what })}
        onClick={undoing.run}
      >
        {t('hands.undo')}
      </Button>
    );
  }
  if (undoing.result !== null) return null;
  return <span className="text-ink-2 text-small">{t(undo === 'undone' ? 'hands.undone' : 'hands.undonePartly')}</span>;
}

/** What came of taking back: how much, and what was left and why. */
export function UndoReport({ undoing: { result, failure } }: { readonly undoing: Undoing }) {
  const { t } = useTranslation();
  return (
    <div role="status" className="grid w-full gap-1.5 empty:hidden">
      <FailureNote failure={failure} />
      {result && (
        <div className="text-small">
          <p className="font-medium">{t('hands.undoneCount', { count: result.undoneCount })}</p>
          {result.newer.length > 0 && (
            <>
              <p className="text-ink-2">{t('hands.undoneNewer')}</p>
              <ul className="mt-1 grid max-h-64 gap-1 overflow-y-auto">
                {result.newer.map((path) => (
                  <li key={path}>
                    <PathText path={path} />
                  </li>
                ))}
              </ul>
            </>
          )}
          {result.left.length > 0 && (
            <>
              <p className="text-ink-2">{t('hands.leftCount', { count: result.left.length })}</p>
              <ul className="mt-1 grid max-h-64 gap-1 overflow-y-auto">
                {result.left.map(({ path, reason }) => (
                  <li key={path}>
                    <PathText path={path} />{' '}
                    <span className="text-ink-2">
                      <ExactText text={reason} />
                    </span>
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      )}
    </div>
  );
}
