import { useTranslation } from 'react-i18next';
import { toolNameSchema } from '../../../node-core/api/agent-views.ts';

/** What a tool is called where people read it; a server's tool keeps its own name. */
export function useToolName(): (name: string) => string {
  const { t } = useTranslation();
  return (name) => {
    const shipped = toolNameSchema.safeParse(name);
    return shipped.success ? t(`agents.tool.${shipped.data}.name`) : name;
  };
}
