import { useTranslation } from 'react-i18next';
import { toolGroups } from '../../../node-core/api/tool-groups.ts';
import { CheckBox } from '../../ui/check-box.tsx';
import type { ToolName } from './agent-draft.ts';

interface ToolsFieldProps {
  value: readonly ToolName[];
  onChange: (tools: ToolName[]) => void;
}

/** What an agent may use, by what it reaches: from the person's own things to programs. */
export function ToolsField({ value, onChange }: ToolsFieldProps) {
  const { t } = useTranslation();
  const choose = (tool: ToolName, isOn: boolean) =>
    onChange(isOn ? [...value, tool] : value.filter((other) => other !== tool));
  return (
    <div className="flex flex-col gap-4">
      <p className="-mb-2 font-semibold">{t('agents.tools')}</p>
      {toolGroups.map(({ reach, tools }) => (
        <fieldset key={reach} className="flex flex-col gap-2">
          <legend className="mb-1 font-medium text-ink-2 text-small">{t(`agents.reach.${reach}`)}</legend>
          {tools.map((tool) => (
            <CheckBox
              key={tool}
              label={t(`agents.tool.${tool}.name`)}
              hint={t(`agents.tool.${tool}.hint`)}
              isOn={value.includes(tool)}
              onChange={(isOn) => choose(tool, isOn)}
            />
          ))}
        </fieldset>
      ))}
    </div>
  );
}
