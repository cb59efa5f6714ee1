import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Certificate, certificateBytes } from '../../../../node-core/protocol/trust/certificate.ts';
import { issuedSchema } from '../../../../node-core/protocol/trust/enrolment.ts';
import { deskApplicant } from '../../../builders/desk-applicant.ts';
import { certificateOf, localChain } from '../../../builders/hive-certificates.ts';
import { openHiveDesk } from '../../../builders/hive-desk.ts';
import { pythonVerdicts } from '../../../builders/python-verdicts.ts';
import { createSeededIdentity } from '../../../doubles/trust/identity.ts';

const sha256 = (certificate: Certificate): string =>
  createHash('sha256').update(certificateBytes(certificate)).digest('hex');

/** Another first digit of S. */
const otherwise = (signature: string): string =>
  signature.slice(0, 64) + (signature[64] === '0' ? '1' : '0') + signature.slice(65);

/** Any text that a certificate may hold, with what JSON has to escape. */
const text = fc.stringMatching(/^[\x20-\x7e]{0,60}$/);
const sampled = fc.sample(fc.record({ node_id: text, region_name: text }), { numRuns: 20, seed: 6776 });
const { certificate, issuers } = localChain();
const issued: readonly Certificate[] = [
  certificate,
  ...issuers,
  certificateOf('central', 'anchor', { tier: 'central' }),
  certificateOf('odd', 'anchor', { tier: 'regional', node_id: '"\\/</script>\'~ ', capabilities: ['issue', 'mesh'] }),
  ...sampled.map((names) => certificateOf('any', 'anchor', { tier: 'regional', ...names })),
];

test('json.dumps(sort_keys, separators) and Ed25519 in Python verify every certificate', () => {
  expect(pythonVerdicts(issued)).toEqual(issued.map((each) => ({ sha256: sha256(each), valid: true })));
});

test('and those that an issuer gave its applicants', async () => {
  const desk = await openHiveDesk();
  const given: Certificate[] = [];
  for (const node_name of ['riverside', 'back\\slash "quoted" </b>']) {
    const invite = await desk.invite({ id: `invite000000000${given.length}`, mayIssue: true });
    const applicant = deskApplicant(createSeededIdentity(node_name));
    const reply = await applicant.enrol(desk.desk, { invite, changes: { node_name } });
    const { certificate: leaf, issuers: above } = issuedSchema.parse(reply.body);
    given.push(leaf, ...above);
  }
  expect(given).toHaveLength(2);
  expect(pythonVerdicts(given)).toEqual(given.map((each) => ({ sha256: sha256(each), valid: true })));
});

test('and refuse each of them when a field or the signature was changed', () => {
  const changed = issued.flatMap((each) => [
    { ...each, node_id: `${each.node_id}.` },
    { ...each, parent_signature: otherwise(each.parent_signature) },
  ]);
  expect(pythonVerdicts(changed).map(({ valid }) => valid)).toEqual(changed.map(() => false));
});
