import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportEntry } from '../../../node-core/api/mcp-views.ts';
import { useCall } from '../../rpc/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { CheckBox } from '../../ui/check-box.tsx';
import { Chip } from '../../ui/chip.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureNote } from '../../ui/failure-note.tsx';
import { Field, TextArea } from '../../ui/field.tsx';
import { FileButton } from '../../ui/file-button.tsx';
import { FormFoot } from '../../ui/form-frame.tsx';
import { useToasts } from '../../ui/toast.tsx';
import { ExactLine } from './exact-line.tsx';

/** As the node takes it, in characters. */
const maxChars = 256 * 1024;

interface ImportDialogProps {
  isOpen: boolean;
  onClose: () => void;
}

/** Brings in servers as other programs keep them; each is shown in full, and nothing is started. */
export function ImportDialog({ isOpen, onClose }: ImportDialogProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      isOpen={isOpen}
      isForm
      onOpenChange={(open) => !open && onClose()}
      title={t('servers.import.title')}
      description={t('servers.import.hint')}
    >
      {isOpen && <Import onClose={onClose} />}
    </Dialog>
  );
}

function Import({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const toasts = useToasts();
  const read = useCall('toolServers.readFile');
  const add = useCall('toolServers.import');
  const [text, setText] = useState('');
  const [entries, setEntries] = useState<readonly ImportEntry[] | null>(null);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const look = async (from: string) => {
    setEntries(null);
    const outcome = await read.run({ text: from });
    if (!outcome.isOk) return;
    setEntries(outcome.value.entries);
    setChosen(outcome.value.entries.flatMap((each) => (each.kind === 'server' && !each.isKnown ? [each.key] : [])));
  };
  const open = async (file: File) => {
    const from = (await file.slice(0, maxChars + 1).text()).slice(0, maxChars);
    setText(from);
    await look(from);
  };
  const addChosen = async () => {
    const outcome = await add.run({ text, keys: [...chosen] });
    if (!outcome.isOk) return;
    toasts.show({ text: t('servers.import.done', { count: outcome.value.ids.length }) });
    onClose();
  };
  const choose = (key: string, isOn: boolean) =>
    setChosen((before) => (isOn ? [...before, key] : before.filter((other) => other !== key)));
  return (
    <div className="flex flex-col gap-4">
      <Field label={t('servers.import.text')}>
        <TextArea
          rows={6}
          spellCheck={false}
          maxLength={maxChars}
          className="font-mono text-small"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setEntries(null);
          }}
        />
      </Field>
      <div className="flex flex-wrap gap-2.5">
        <Button size="sm" disabled={text.trim() === ''} isBusy={read.isRunning} onClick={() => void look(text)}>
          {t('servers.import.read')}
        </Button>
        <FileButton
          size="sm"
          label={t('servers.import.choose')}
          accept=".json,application/json"
          onFile={(file) => void open(file)}
        />
      </div>
      <FailureNote failure={read.failure} />
      {entries?.map((entry) => (
        <Entry key={entry.key} entry={entry} isOn={chosen.includes(entry.key)} onChoose={choose} />
      ))}
      <FormFoot failure={add.failure}>
        {entries !== null && (
          <Button
            variant="primary"
            disabled={chosen.length === 0}
            isBusy={add.isRunning}
            onClick={() => void addChosen()}
          >
            {t('servers.import.add', { count: chosen.length })}
          </Button>
        )}
        <Button variant="quiet" onClick={onClose}>
          {t('ui.cancel')}
        </Button>
      </FormFoot>
    </div>
  );
}

interface EntryProps {
  entry: ImportEntry;
  isOn: boolean;
  onChoose: (key: string, isOn: boolean) => void;
}

function Entry({ entry, isOn, onChoose }: EntryProps) {
  const { t } = useTranslation();
  if (entry.kind === 'refused') {
    return (
      <div>
        <p className="font-medium">{t('servers.import.refused', { name: entry.key })}</p>
        <p className="text-ink-2 text-small">{entry.reason}</p>
      </div>
    );
  }
  return (
    <div className="flex flex-col gap-1.5">
      <CheckBox label={entry.name} isOn={isOn} onChange={(on) => onChoose(entry.key, on)} />
      {entry.isKnown && (
        <div>
          <Chip>{t('servers.import.known')}</Chip>
        </div>
      )}
      <ExactLine kind={entry.definition.kind} line={entry.line} />
    </div>
  );
}
