import { useTranslation } from 'react-i18next';
import { useWatched } from '../../rpc/use-watched.ts';

/** Who wrote something: the person, an agent by its name, or one that is gone. */
export function useWriterName(agentId: string | null): string {
  const { t } = useTranslation();
  const agents = useWatched('agents.watch', {}).value;
  if (agentId === null) return t('notes.you');
  return agents?.find(({ id }) => id === agentId)?.name ?? t('notes.anAgent');
}
