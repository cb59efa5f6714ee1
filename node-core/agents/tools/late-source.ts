import type { ToolSource } from './toolbox.ts';

/**
 * A source whose tools are loaded when the first answer asks for them: most starts of a node answer nothing, and should
 * be quick and small. A load that fails is tried again by the next answer.
 */
export function lateSource(load: () => Promise<ToolSource>): ToolSource {
  let loading: Promise<ToolSource> | null = null;
  const loaded = (): Promise<ToolSource> => {
    loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return loading;
  };
  return { toolsFor: async (terms) => (await loaded()).toolsFor(terms) };
}
