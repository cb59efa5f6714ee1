import { Upload } from 'lucide-react';
import { type ChangeEvent, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { StorageGoal } from '../../../screen.tsx';
import { Banner } from '../../../ui/banner.tsx';
import { Button } from '../../../ui/button.tsx';
import { FailureNote } from '../../../ui/failure-note.tsx';
import { Card, Section } from '../../../ui/page.tsx';
import { Progress } from '../../../ui/progress.tsx';
import { useGoalFocus } from './use-goal-focus.ts';
import { type ImportState, useImport } from './use-import.ts';

/** Brings chats back from a file that Nunba exported. */
export function ImportChats({ goal, onImported }: { goal: StorageGoal | null; onImported: () => void }) {
  const { t } = useTranslation();
  const { state, start, cancel } = useImport(onImported);
  const input = useRef<HTMLInputElement>(null);
  const button = useGoalFocus(goal);
  // Where the system opens no chooser, the button has the focus.
  useEffect(() => {
    if (goal) button.current?.click();
  }, [goal, button]);
  const chosen = (event: ChangeEvent<HTMLInputElement>) => {
    const file = event.target.files?.[0];
    event.target.value = '';
    if (file) void start(file);
  };
  return (
    <Section title={t('storage.import')} hint={t('storage.importHint')}>
      <Card className="flex flex-col gap-3">
        <div>
          <Button
            ref={button}
            icon={<Upload />}
            disabled={state.kind === 'running'}
            onClick={() => input.current?.click()}
          >
            {t('storage.chooseFile')}
          </Button>
          <input
            ref={input}
            type="file"
            accept=".json,application/json"
            aria-label={t('storage.chooseFile')}
            aria-hidden="true"
            tabIndex={-1}
            onChange={chosen}
            className="sr-only"
          />
        </div>
        <ImportOutcome state={state} onCancel={cancel} />
      </Card>
    </Section>
  );
}

function ImportOutcome({ state, onCancel }: { state: ImportState; onCancel: () => void }) {
  const { t } = useTranslation();
  switch (state.kind) {
    case 'none':
      return null;
    case 'running':
      return (
        <div className="flex items-end gap-3">
          <Progress
            label={t('storage.importing')}
            share={state.share}
            detail={t('storage.percent', { share: state.share })}
          />
          <Button size="sm" onClick={onCancel}>
            {t('ui.cancel')}
          </Button>
        </div>
      );
    case 'done':
      return (
        <Banner tone="ok" onDismiss={onCancel}>
          {t('storage.imported', { count: state.result.conversations, messages: state.result.messages })}{' '}
          {state.result.skipped > 0 && t('storage.skipped', { count: state.result.skipped })}
        </Banner>
      );
    case 'failed':
      return <FailureNote failure={state.failure} onDismiss={onCancel} />;
  }
}
