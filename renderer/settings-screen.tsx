import { ActivitySection } from './features/activity/activity-section.tsx';
import { AgentsSection } from './features/agents/agents-section.tsx';
import { KnowledgeSection } from './features/knowledge/knowledge-section.tsx';
import { LocalModelsSection } from './features/local-models/local-models-section.tsx';
import { PermissionsSection } from './features/permissions/permissions-section.tsx';
import { ModelsSection } from './features/providers/models-section.tsx';
import { RecipesSection } from './features/recipes/recipes-section.tsx';
import { AboutSection } from './features/settings/about-section.tsx';
import { ApiSection } from './features/settings/api-section.tsx';
import { GeneralSection } from './features/settings/general-section.tsx';
import { KeysSection } from './features/settings/keys/keys-section.tsx';
import { SettingsPage } from './features/settings/settings-page.tsx';
import { StorageSection } from './features/settings/storage/storage-section.tsx';
import { UpdatesSection } from './features/settings/updates/updates-section.tsx';
import { ToolServersSection } from './features/tool-servers/tool-servers-section.tsx';
import { useShell } from './rpc/shell-provider.tsx';
import { type SettingsSection, useScreen } from './screen.tsx';

interface SettingsScreenProps {
  section: SettingsSection;
  onSection: (section: SettingsSection) => void;
  /** Starts a chat with that agent. */
  onChat: (agentId: string) => void;
}

/** The settings, put together from the features that have one. */
export function SettingsScreen({ section, onSection, onChat }: SettingsScreenProps) {
  const storageGoal = useScreen((state) => state.storageGoal);
  const recipeGoal = useScreen((state) => state.recipeGoal);
  const leaveRecipe = useScreen((state) => state.leaveRecipe);
  const isInShell = useShell() !== null;
  return (
    <SettingsPage
      section={section}
      onSection={onSection}
      sections={{
        general: () => <GeneralSection />,
        models: () => (
          <>
            <ModelsSection />
            <LocalModelsSection />
          </>
        ),
        agents: () => <AgentsSection onChat={onChat} />,
        knowledge: () => <KnowledgeSection />,
        recipes: () => <RecipesSection goal={recipeGoal} onNotKept={leaveRecipe} />,
        'tool-servers': () => <ToolServersSection />,
        permissions: () => <PermissionsSection />,
        activity: () => <ActivitySection />,
        storage: () => <StorageSection goal={storageGoal} />,
        keys: () => <KeysSection />,
        api: () => <ApiSection />,
        updates: isInShell ? () => <UpdatesSection /> : null,
        about: () => <AboutSection />,
      }}
    />
  );
}
