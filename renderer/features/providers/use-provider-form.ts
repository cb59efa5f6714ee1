import { type FormEvent, type RefObject, useEffect, useRef, useState } from 'react';
import type { TestReport } from '../../../node-core/api/model-views.ts';
import { applyFix, type ConnectionForm, canTest, changed } from './connection-form.ts';
import { useConnectionTest } from './use-connection-test.ts';
import { useSaveProvider } from './use-save-provider.ts';

/** Parts of the form that say nothing about the connection, so that a Test stays true when they change. */
const besideTheConnection: readonly (keyof ConnectionForm)[] = ['model', 'name'];

const focus = (field: RefObject<HTMLInputElement | null>): void => field.current?.focus();

/** The state of the form that connects a provider, and what its parts do. */
export function useProviderForm(initial: ConnectionForm, onSaved: () => void) {
  const [form, setForm] = useState(initial);
  const { test, run, forget } = useConnectionTest();
  const saving = useSaveProvider(onSaved);
  const urlField = useRef<HTMLInputElement>(null);
  const keyField = useRef<HTMLInputElement>(null);
  const outcome = useRef<HTMLDivElement>(null);
  const report = test.kind === 'done' ? test.report : null;
  useEffect(() => {
    if (report) outcome.current?.scrollIntoView({ block: 'nearest' });
  }, [report]);

  const change = (part: Partial<ConnectionForm>): void => {
    const names = Object.keys(part) as (keyof ConnectionForm)[];
    if (!names.every((name) => besideTheConnection.includes(name))) forget();
    setForm((before) => changed(before, part));
  };
  const runTest = async (tested: ConnectionForm): Promise<void> => {
    setForm(tested);
    const result = await run(tested);
    const [first] = result?.models ?? [];
    if (result?.problem === null && tested.model === '' && first !== undefined) setForm({ ...tested, model: first });
  };
  const fix = (wanted: NonNullable<TestReport['fix']>): void => {
    const mended = applyFix(form, wanted);
    if (mended.kind === 'test') void runTest(mended.form);
    else focus(mended.field === 'key' ? keyField : urlField);
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!canTest(form) || saving.isRunning) return;
    void (report?.problem === null ? saving.save(form) : runTest(form));
  };
  return { form, test, report, saving, change, fix, submit, forget, urlField, keyField, outcome };
}
