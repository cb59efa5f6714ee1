import type { MemberView } from '../../../node-core/api/trust-views.ts';

/** The members whose name holds what is looked for, or whose key does; spaces in a key do not count. */
export function filterMembers(members: readonly MemberView[], wanted: string): readonly MemberView[] {
  const name = wanted.trim().toLowerCase();
  if (name === '') return members;
  const key = name.replaceAll(/[\s…]/g, '');
  return members.filter(
    (member) => member.nodeName.toLowerCase().includes(name) || (key !== '' && member.publicKey.includes(key)),
  );
}
