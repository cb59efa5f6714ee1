import type { ProviderKind } from '../../node-core/agents/models/base-url.ts';
import type { ProviderAccess } from '../../node-core/agents/models/language-model.ts';
import type { ModelServer } from '../doubles/model-server/start-model-server.ts';

/** The four kinds of providers; the first two speak the same wire format. */
export const allKinds: readonly ProviderKind[] = ['openai-compatible', 'openai', 'anthropic', 'google'];

/** Base address of the model server in a provider's wire format. */
function addressOf(server: Pick<ModelServer, 'url'>, kind: ProviderKind): string {
  return `${server.url}${kind === 'google' ? '/v1beta' : '/v1'}`;
}

/** Access to the model server, with a key that tests can look for. */
export function accessTo(
  server: Pick<ModelServer, 'url'>,
  kind: ProviderKind,
  changes: Partial<ProviderAccess> = {},
): ProviderAccess {
  return { kind, url: addressOf(server, kind), key: 'canary-key-0123456789', trustedCertificate: null, ...changes };
}
