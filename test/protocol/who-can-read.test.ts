import { describe, expect, it } from 'vitest';
import { accessSentence, accessSentences } from '../../node-core/api/access-sentences.ts';
import { english } from '../../node-core/api/english.ts';
import type { ModelLocation } from '../../node-core/protocol/location.ts';
import {
  type AccessFacts,
  type AccessRuleName,
  type AccessSubject,
  type HiveStanding,
  type ModelPlace,
  whoCanRead,
} from '../../node-core/protocol/who-can-read.ts';

const here: ModelLocation = { kind: 'this-computer' };
const network: ModelLocation = { kind: 'local-network', host: '192.168.1.9' };
const cloud: ModelLocation = { kind: 'cloud', host: 'models.example' };

const placed = (location: ModelLocation): ModelPlace => ({ location, program: 'Ollama' });

const models: readonly (readonly [string, ModelPlace | null, AccessRuleName])[] = [
  ['no model', null, 'model-none'],
  ['a model on this computer', placed(here), 'model-here'],
  ['a model in the network', placed(network), 'model-network'],
  ['a model in the cloud', placed(cloud), 'model-cloud'],
];

interface HiveRow {
  readonly name: string;
  readonly hive: HiveStanding;
  readonly reads: readonly AccessRuleName[];
  readonly knows: readonly AccessRuleName[];
  readonly stops: readonly AccessRuleName[];
  readonly others: readonly AccessRuleName[];
}

const hives: readonly HiveRow[] = [
  {
    name: 'alone',
    hive: { kind: 'alone' },
    reads: [],
    knows: ['known-to-nobody'],
    stops: ['stopped-by-you'],
    others: [],
  },
  {
    name: 'asking which hive it is',
    hive: { kind: 'joining', host: 'hub.example', hasApplied: false },
    reads: [],
    knows: ['known-before-applying'],
    stops: ['stopped-by-you-until-joined'],
    others: [],
  },
  {
    name: 'joining',
    hive: { kind: 'joining', host: 'hub.example', hasApplied: true },
    reads: [],
    knows: ['known-while-joining'],
    stops: ['stopped-by-you-until-joined'],
    others: [],
  },
  {
    name: 'a member',
    hive: { kind: 'member', parentHost: 'hub.example' },
    reads: ['members-read-nothing'],
    knows: ['known-to-parent'],
    stops: ['stopped-by-stewards'],
    others: ['others-do-nothing'],
  },
  {
    name: 'central',
    hive: { kind: 'central' },
    reads: ['members-read-nothing'],
    knows: ['known-to-central', 'known-of-members'],
    stops: ['stopped-by-stewards-at-central'],
    others: ['others-do-nothing'],
  },
  {
    name: 'no member any more',
    hive: { kind: 'ended' },
    reads: [],
    knows: ['known-after-end'],
    stops: ['stopped-by-you'],
    others: [],
  },
];

const facts = (part: Partial<AccessFacts> = {}): AccessFacts => ({
  chosen: null,
  others: [],
  hive: { kind: 'alone' },
  isPaused: false,
  synchronisedBy: null,
  ...part,
});

const said = (given: AccessFacts, about: AccessSubject): readonly AccessRuleName[] =>
  whoCanRead(given)
    .filter((rule) => rule.about === about)
    .map(({ name }) => name);

const sentences = (given: AccessFacts): readonly string[] =>
  whoCanRead(given).map((rule) => english(accessSentence(rule)));

describe.each(models)('with %s', (_, chosen, reader) => {
  describe.each(hives)('$name', (row) => {
    const given = facts({ chosen, hive: row.hive });

    it('names who reads, who knows, who stops and what others can do', () => {
      expect(said(given, 'reads')).toEqual(['kept', reader, ...row.reads]);
      expect(said(given, 'knows')).toEqual(row.knows);
      expect(said(given, 'stops')).toEqual(row.stops);
      expect(said(given, 'others')).toEqual(row.others);
    });

    it('says that agents are paused while they are', () => {
      expect(said({ ...given, isPaused: true }, 'stops')).toEqual([...row.stops, 'agents-paused']);
    });

    it('has a whole sentence for each', () => {
      for (const text of sentences({ ...given, isPaused: true, synchronisedBy: 'Dropbox' })) {
        expect(text).toMatch(/^\S.{20,}\.$/s);
        expect(text).not.toMatch(/\{\{|accessRule|undefined/);
      }
    });
  });
});

describe('hosts of models', () => {
  it('are named where the chosen model is', () => {
    expect(sentences(facts({ chosen: placed(cloud) })).join(' ')).toContain('models.example on the internet');
    expect(sentences(facts({ chosen: placed(network) })).join(' ')).toContain('192.168.1.9 in your network');
    expect(sentences(facts({ chosen: placed(here) })).join(' ')).toContain('Ollama on this computer');
  });

  it('are named once each where other models are, without that of the chosen one and those here', () => {
    const given = facts({ chosen: placed(cloud), others: [here, cloud, network, network] });
    const found = whoCanRead(given).find(({ name }) => name === 'model-elsewhere');
    expect(found?.values).toEqual({ hosts: '192.168.1.9' });
  });

  it('are not spoken of where every other model is on this computer', () => {
    expect(said(facts({ chosen: placed(here), others: [here] }), 'reads')).toEqual(['kept', 'model-here']);
  });

  it.each([
    ['the chosen model', facts({ chosen: placed(network), hive: { kind: 'member', parentHost: '192.168.1.9' } })],
    ['another model', facts({ others: [network], hive: { kind: 'member', parentHost: '192.168.1.9' } })],
  ])('are said to be the parent’s where it serves %s', (_, given) => {
    expect(said(given, 'reads').at(-1)).toBe('parent-serves-model');
  });
});

it('says which program copies the chats elsewhere', () => {
  expect(sentences(facts({ synchronisedBy: 'OneDrive' }))[0]).toContain('OneDrive copies them elsewhere');
});

it('has no sentence that no situation leads to', () => {
  const situations = hives.flatMap(({ hive }) =>
    models.flatMap(([, chosen]) => [
      facts({ chosen, hive, isPaused: true, others: [cloud] }),
      facts({ chosen, hive, synchronisedBy: 'Dropbox' }),
    ]),
  );
  const parent = facts({ chosen: placed(network), hive: { kind: 'member', parentHost: '192.168.1.9' } });
  const reached = new Set([...situations, parent].flatMap((given) => whoCanRead(given).map(({ name }) => name)));
  expect([...reached].sort()).toEqual(Object.keys(accessSentences).sort());
});
