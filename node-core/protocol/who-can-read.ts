import type { ModelLocation } from './location.ts';

/** A model that answers, or could: where it runs and what serves it. */
export interface ModelPlace {
  readonly location: ModelLocation;
  /** Name of the program or service. */
  readonly program: string;
}

/** Where a node stands towards a hive. Hosts are names without a port, as `ModelLocation` has them. */
export type HiveStanding =
  | { readonly kind: 'alone' }
  /** `hasApplied`: the issuer was told who asks, not only asked which hive it is of. */
  | { readonly kind: 'joining'; readonly host: string; readonly hasApplied: boolean }
  | { readonly kind: 'member'; readonly parentHost: string }
  | { readonly kind: 'central' }
  /** It was a member once. */
  | { readonly kind: 'ended' };

/** What the rules are computed from. */
export interface AccessFacts {
  /** The model that answers where nothing else is said; `null`: none. */
  readonly chosen: ModelPlace | null;
  /** Where the other models run that a chat or an agent can be given. */
  readonly others: readonly ModelLocation[];
  readonly hive: HiveStanding;
  /** The person has paused the agents. */
  readonly isPaused: boolean;
  /** The program that copies the data folder elsewhere; `null`: none is known. */
  readonly synchronisedBy: string | null;
}

/** What a rule is about: who reads chats, who knows of this computer, who stops its agents, what other members can do. */
export const accessSubjects = ['reads', 'knows', 'stops', 'others'] as const;
export type AccessSubject = (typeof accessSubjects)[number];

/** Names of the sentences (access-sentences.ts). */
export type AccessRuleName =
  | 'kept'
  | 'kept-and-copied'
  | 'model-none'
  | 'model-here'
  | 'model-network'
  | 'model-cloud'
  | 'model-elsewhere'
  | 'members-read-nothing'
  | 'parent-serves-model'
  | 'known-to-nobody'
  | 'known-before-applying'
  | 'known-while-joining'
  | 'known-to-parent'
  | 'known-to-central'
  | 'known-of-members'
  | 'known-after-end'
  | 'agents-paused'
  | 'stopped-by-you'
  | 'stopped-by-you-until-joined'
  | 'stopped-by-stewards'
  | 'stopped-by-stewards-at-central'
  | 'others-do-nothing';

/** One thing that is so, as the name of its sentence and what stands in it. */
export interface AccessRule {
  readonly about: AccessSubject;
  readonly name: AccessRuleName;
  readonly values: Readonly<Record<string, string>>;
}

/** Who can read what of this computer, and who can stop its agents; in the order in which it is read. Pure. */
export function whoCanRead(facts: AccessFacts): readonly AccessRule[] {
  return [...whoReads(facts), ...whoKnows(facts.hive), ...whoStops(facts), ...whatOthersDo(facts.hive)];
}

const rule = (about: AccessSubject, name: AccessRuleName, values: AccessRule['values'] = {}): AccessRule => ({
  about,
  name,
  values,
});

const hostOf = (location: ModelLocation): string | null => (location.kind === 'this-computer' ? null : location.host);

function whoReads({ chosen, others, hive, synchronisedBy }: AccessFacts): readonly AccessRule[] {
  const kept =
    synchronisedBy === null ? rule('reads', 'kept') : rule('reads', 'kept-and-copied', { program: synchronisedBy });
  return [kept, modelReads(chosen), ...otherModelsRead(chosen, others), ...membersRead(chosen, others, hive)];
}

function modelReads(chosen: ModelPlace | null): AccessRule {
  switch (chosen?.location.kind) {
    case undefined:
      return rule('reads', 'model-none');
    case 'this-computer':
      return rule('reads', 'model-here', { program: chosen.program });
    case 'local-network':
      return rule('reads', 'model-network', { host: chosen.location.host });
    case 'cloud':
      return rule('reads', 'model-cloud', { host: chosen.location.host });
  }
}

/** Models on this computer carry nothing away, so only the hosts of others are worth telling. */
function otherModelsRead(chosen: ModelPlace | null, others: readonly ModelLocation[]): readonly AccessRule[] {
  const known = chosen && hostOf(chosen.location);
  const hosts = hostsOf(others).filter((host) => host !== known);
  return hosts.length === 0 ? [] : [rule('reads', 'model-elsewhere', { hosts: hosts.join(', ') })];
}

const hostsOf = (locations: readonly ModelLocation[]): readonly string[] => [
  ...new Set(locations.flatMap((location) => hostOf(location) ?? [])),
];

/** A parent that also serves a model reads what that model is given, whatever the hive allows. */
function membersRead(
  chosen: ModelPlace | null,
  others: readonly ModelLocation[],
  hive: HiveStanding,
): readonly AccessRule[] {
  if (hive.kind !== 'member' && hive.kind !== 'central') return [];
  const nothing = rule('reads', 'members-read-nothing');
  if (hive.kind === 'central') return [nothing];
  const hosts = hostsOf(chosen ? [chosen.location, ...others] : others);
  return hosts.includes(hive.parentHost)
    ? [nothing, rule('reads', 'parent-serves-model', { host: hive.parentHost })]
    : [nothing];
}

function whoKnows(hive: HiveStanding): readonly AccessRule[] {
  switch (hive.kind) {
    case 'alone':
      return [rule('knows', 'known-to-nobody')];
    case 'joining':
      return [rule('knows', hive.hasApplied ? 'known-while-joining' : 'known-before-applying', { host: hive.host })];
    case 'member':
      return [rule('knows', 'known-to-parent', { host: hive.parentHost })];
    case 'central':
      return [rule('knows', 'known-to-central'), rule('knows', 'known-of-members')];
    case 'ended':
      return [rule('knows', 'known-after-end')];
  }
}

function whoStops({ hive, isPaused }: AccessFacts): readonly AccessRule[] {
  const stops = rule('stops', stopper(hive));
  return isPaused ? [stops, rule('stops', 'agents-paused')] : [stops];
}

function stopper(hive: HiveStanding): AccessRuleName {
  switch (hive.kind) {
    case 'alone':
    case 'ended':
      return 'stopped-by-you';
    case 'joining':
      return 'stopped-by-you-until-joined';
    case 'member':
      return 'stopped-by-stewards';
    case 'central':
      return 'stopped-by-stewards-at-central';
  }
}

const whatOthersDo = (hive: HiveStanding): readonly AccessRule[] =>
  hive.kind === 'member' || hive.kind === 'central' ? [rule('others', 'others-do-nothing')] : [];
