import type { ProviderDraft, ProviderView, TestReport } from '../../../node-core/api/model-views.ts';
import { defaultProviderName, type ProviderKind } from './provider-kinds.ts';

/** What stands in the form that connects a provider. */
export interface ConnectionForm {
  readonly kind: ProviderKind;
  readonly name: string;
  readonly url: string;
  readonly key: string;
  readonly model: string;
  readonly trustedCertificate: string | null;
  /** The stored provider that is edited, or `null` for a new one. */
  readonly stored: { readonly id: string; readonly hasKey: boolean } | null;
}

/** An empty form. */
export const newConnection: ConnectionForm = {
  kind: 'openai-compatible',
  name: '',
  url: '',
  key: '',
  model: '',
  trustedCertificate: null,
  stored: null,
};

/** The form of a provider that is there already; its key stays where it is. */
export function connectionOf(provider: ProviderView): ConnectionForm {
  const { id, kind, name, url, trustedCertificate, hasKey } = provider;
  // The engine has nothing to edit, so nobody opens its form.
  const wireKind = kind === 'local' ? newConnection.kind : kind;
  return { kind: wireKind, name, url, key: '', model: '', trustedCertificate, stored: { id, hasKey } };
}

/** What is sent to the node. */
export function draftOf(form: ConnectionForm): ProviderDraft {
  const { kind, url, trustedCertificate } = form;
  const key = form.key.trim();
  return {
    kind,
    name: form.name.trim() || defaultProviderName(form),
    url: url.trim(),
    key: key === '' ? null : key,
    trustedCertificate,
  };
}

/** Whether there is enough to test: an address, or the key that the service asks for. */
export function canTest(form: ConnectionForm): boolean {
  if (form.kind === 'openai-compatible') return form.url.trim() !== '';
  return form.key.trim() !== '' || form.stored?.hasKey === true;
}

/** Whatever is changed by hand: a new address is no longer the one whose certificate was trusted. */
export function changed(form: ConnectionForm, change: Partial<ConnectionForm>): ConnectionForm {
  const isElsewhere = change.url !== undefined || change.kind !== undefined;
  return { ...form, ...(isElsewhere ? { trustedCertificate: null, model: '' } : {}), ...change };
}

type Fix = NonNullable<TestReport['fix']>;

/** What a fix does: a form to be tested again, or a field for the person to fill in. */
export type FixOutcome =
  | { readonly kind: 'test'; readonly form: ConnectionForm }
  | { readonly kind: 'ask'; readonly field: 'key' | 'url' };

/** Applies what a Test proposed. */
export function applyFix(form: ConnectionForm, fix: Fix): FixOutcome {
  switch (fix.kind) {
    case 'use-url':
      return { kind: 'test', form: { ...form, url: fix.url } };
    case 'use-model':
      return { kind: 'test', form: { ...form, model: fix.model } };
    case 'trust-certificate':
      return { kind: 'test', form: { ...form, trustedCertificate: fix.fingerprint } };
    case 'test-again':
      return { kind: 'test', form };
    case 'enter-key':
      return { kind: 'ask', field: 'key' };
    case 'edit-url':
      return { kind: 'ask', field: 'url' };
  }
}
