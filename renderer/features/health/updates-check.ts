import type { ShellView, UpdateView } from '../../../node-core/api/shell-views.ts';
import type { HealthCheck } from '../../../node-core/protocol/health-check.ts';

type Said = Pick<HealthCheck, 'verdict' | 'finding' | 'lookedAt'> & Partial<Pick<HealthCheck, 'values'>>;

/** Where updates stand, as a check among the others. The desktop app alone knows it. */
export function updatesCheck({ update }: Pick<ShellView, 'update'>): HealthCheck {
  return { code: 'updates', values: {}, reason: null, under: null, ...said(update) };
}

function said(update: UpdateView): Said {
  switch (update.kind) {
    case 'off':
      return { verdict: 'noted', finding: 'off', lookedAt: null };
    case 'idle':
      return update.lastCheckedAt === null
        ? { verdict: 'unknown', finding: 'not-asked', lookedAt: null }
        : { verdict: 'passed', finding: 'idle', lookedAt: update.lastCheckedAt };
    case 'checking':
    case 'downloading':
    case 'installing':
      return { verdict: 'unknown', finding: 'under-way', lookedAt: null };
    case 'ready':
      return { verdict: 'noted', finding: 'ready', values: { version: update.version }, lookedAt: null };
    case 'failed':
      return { verdict: 'noted', finding: 'failed', lookedAt: update.at };
    case 'went-back':
      return { verdict: 'noted', finding: 'failed', lookedAt: null };
  }
}
