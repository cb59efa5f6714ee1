import { useTranslation } from 'react-i18next';
import { useWatched } from '../../rpc/use-watched.ts';
import { CheckBox } from '../../ui/check-box.tsx';

interface ServersFieldProps {
  /** Ids of servers; some may be gone. */
  value: readonly string[];
  onChange: (servers: string[]) => void;
}

/** Which servers' tools an agent may use. Nothing where the person has added none. */
export function ServersField({ value, onChange }: ServersFieldProps) {
  const { t } = useTranslation();
  const servers = useWatched('toolServers.watch', {}).value ?? [];
  const gone = value.filter((id) => !servers.some((server) => server.id === id));
  if (servers.length === 0 && gone.length === 0) return null;
  const choose = (id: string, isOn: boolean) => onChange(isOn ? [...value, id] : value.filter((other) => other !== id));
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 font-semibold">{t('agents.servers')}</legend>
      <p className="text-ink-2 text-small">{t('agents.serversHint')}</p>
      {servers.map(({ id, name, tools }) => (
        <CheckBox
          key={id}
          label={name}
          hint={
            tools.length === 0
              ? undefined
              : tools
                  .map((tool) => tool.name)
                  .join(' · ')
                  .slice(0, 200)
          }
          isOn={value.includes(id)}
          onChange={(isOn) => choose(id, isOn)}
        />
      ))}
      {gone.map((id) => (
        <CheckBox key={id} label={t('agents.serverGone')} isOn onChange={(isOn) => choose(id, isOn)} />
      ))}
    </fieldset>
  );
}
