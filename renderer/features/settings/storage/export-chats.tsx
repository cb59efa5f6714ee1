import { Download } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useShell } from '../../../rpc/shell-provider.tsx';
import type { StorageGoal } from '../../../screen.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Card, Section } from '../../../ui/page.tsx';
import { Progress } from '../../../ui/progress.tsx';
import { useExport } from './use-export.ts';
import { useGoalFocus } from './use-goal-focus.ts';

/** All chats as one file, to read elsewhere or to bring back later. */
export function ExportChats({ goal }: { goal: StorageGoal | null }) {
  const { t } = useTranslation();
  const { state, start, cancel } = useExport();
  const button = useGoalFocus(goal);
  const asksWhere = useShell() !== null;
  const isRunning = state.kind === 'running';
  return (
    <Section title={t('storage.export')} hint={t('storage.exportHint')}>
      <Card className="flex flex-col gap-3">
        <div className="flex flex-wrap gap-2.5">
          <Button ref={button} icon={<Download />} disabled={isRunning} onClick={() => start('json')}>
            {t('storage.exportJson')}
          </Button>
          <Button icon={<Download />} disabled={isRunning} onClick={() => start('markdown')}>
            {t('storage.exportMarkdown')}
          </Button>
        </div>
        {state.kind === 'running' && (
          <div className="flex items-end gap-3">
            <Progress
              label={t('storage.exporting')}
              share={state.progress && state.progress.doneCount / Math.max(1, state.progress.totalCount)}
              detail={
                state.progress
                  ? t('storage.exportProgress', { done: state.progress.doneCount, total: state.progress.totalCount })
                  : undefined
              }
            />
            <Button size="sm" onClick={cancel}>
              {t('ui.cancel')}
            </Button>
          </div>
        )}
        {state.kind === 'done' && (
          <Banner tone={asksWhere ? 'info' : 'ok'} onDismiss={cancel}>
            {t(asksWhere ? 'storage.exportAsksWhere' : 'storage.exported', {
              count: state.count,
              name: state.fileName,
            })}
          </Banner>
        )}
        {state.kind === 'failed' && <FailureNote failure={state.failure} onDismiss={cancel} />}
      </Card>
    </Section>
  );
}
