import type { Capability, Certificate, CertificateTier } from './certificate.ts';

/** What a new certificate of a tier allows (protocol.md, section 2). Only a regional can be allowed to issue. */
export function capabilitiesOf(tier: CertificateTier, mayIssue: boolean): readonly Capability[] {
  if (tier === 'central') return [];
  return tier === 'regional' && mayIssue ? ['mesh', 'work', 'issue'] : ['mesh', 'work'];
}

/** Whether the holder can be the parent of locals. */
export function mayIssue({ tier, capabilities }: Pick<Certificate, 'tier' | 'capabilities'>): boolean {
  return tier === 'regional' && capabilities.includes('issue');
}
