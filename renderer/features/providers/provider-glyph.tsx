import type { ProviderView } from '../../../node-core/api/model-views.ts';
import { type Status, StatusGlyph } from '../../ui/status-glyph.tsx';

const glyphs: Readonly<Record<ProviderView['state']['kind'], Status>> = {
  unknown: 'none',
  answering: 'ok',
  failing: 'warn',
};

/** Whether a provider answered when it was last asked; empty where it was not asked yet. */
export function ProviderGlyph({ provider }: { provider: ProviderView | undefined }) {
  return <StatusGlyph status={provider ? glyphs[provider.state.kind] : 'none'} className="mt-0.5" />;
}
