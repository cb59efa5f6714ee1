import { SlidersHorizontal } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConversationView } from '../../../../node-core/api/conversation-views.ts';
import { Button } from '../../../ui/button.tsx';
import { Field, TextInput } from '../../../ui/field.tsx';

type Parameters = ConversationView['parameters'];

interface ParametersPopoverProps {
  readonly parameters: Parameters;
  readonly onChange: (parameters: Parameters) => void;
}

interface Knob {
  readonly name: keyof Parameters;
  readonly label: 'chat.temperature' | 'chat.topP' | 'chat.maxOutputTokens';
  readonly hint: 'chat.temperatureHint' | 'chat.topPHint' | 'chat.maxOutputTokensHint';
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

const knobs: readonly Knob[] = [
  { name: 'temperature', label: 'chat.temperature', hint: 'chat.temperatureHint', min: 0, max: 2, step: 0.1 },
  { name: 'topP', label: 'chat.topP', hint: 'chat.topPHint', min: 0, max: 1, step: 0.05 },
  {
    name: 'maxOutputTokens',
    label: 'chat.maxOutputTokens',
    hint: 'chat.maxOutputTokensHint',
    min: 1,
    max: 1_000_000,
    step: 1,
  },
];

const unset: Parameters = { temperature: null, topP: null, maxOutputTokens: null };

/** How the model is to answer in this conversation; what is left empty the model decides. */
export function ParametersPopover({ parameters, onChange }: ParametersPopoverProps) {
  const { t } = useTranslation();
  // Two changes may follow each other faster than the node answers the first: the second builds on it.
  const wanted = useRef(parameters);
  useEffect(() => {
    wanted.current = parameters;
  }, [parameters]);
  const change = (part: Partial<Parameters>): void => {
    wanted.current = { ...wanted.current, ...part };
    onChange(wanted.current);
  };
  const isSet = Object.values(parameters).some((value) => value !== null);
  return (
    <Popover.Root>
      <Popover.Trigger asChild>
        <Button
          variant="quiet"
          size="sm"
          icon={<SlidersHorizontal className={isSet ? 'text-accent' : ''} />}
          aria-label={t(isSet ? 'chat.parametersSet' : 'chat.parameters')}
          title={t('chat.parameters')}
        />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          side="top"
          align="start"
          sideOffset={6}
          collisionPadding={8}
          aria-label={t('chat.parameters')}
          className="z-50 grid w-72 animate-appear gap-3 rounded-card border border-line bg-surface p-4 shadow-float"
        >
          <p className="font-semibold">{t('chat.parameters')}</p>
          {knobs.map((knob) => (
            <KnobField
              key={knob.name}
              knob={knob}
              value={parameters[knob.name]}
              onChange={(value) => change({ [knob.name]: value })}
            />
          ))}
          <Button size="sm" disabled={!isSet} onClick={() => change(unset)}>
            {t('chat.parametersReset')}
          </Button>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface KnobFieldProps {
  readonly knob: Knob;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

function KnobField({ knob, value, onChange }: KnobFieldProps) {
  const { t } = useTranslation();
  const [text, setText] = useState<string | null>(null);
  const shown = text ?? (value === null ? '' : String(value));
  const read = readKnob(knob, shown);
  const settle = () => {
    if (read.isOk && read.value !== value) onChange(read.value);
    if (read.isOk) setText(null);
  };
  return (
    <Field
      label={t(knob.label)}
      hint={t(knob.hint)}
      error={read.isOk ? null : t('chat.parameterRange', { min: knob.min, max: knob.max })}
    >
      <TextInput
        inputMode="decimal"
        placeholder={t('chat.parameterUnset')}
        value={shown}
        onChange={(event) => setText(event.target.value)}
        onBlur={settle}
        onKeyDown={(event) => event.key === 'Enter' && settle()}
      />
    </Field>
  );
}

function readKnob(knob: Knob, text: string): { isOk: true; value: number | null } | { isOk: false } {
  const trimmed = text.trim().replace(',', '.');
  if (trimmed === '') return { isOk: true, value: null };
  const value = Number(trimmed);
  const isWhole = knob.step < 1 || Number.isInteger(value);
  return Number.isFinite(value) && value >= knob.min && value <= knob.max && isWhole
    ? { isOk: true, value }
    : { isOk: false };
}
