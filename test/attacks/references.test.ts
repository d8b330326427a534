import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { describeTripoint } from '../../src/app.ts';
import { hiddenWords, leaksIn } from '../matrix/leaks.ts';
import { type OpenMatrix, openMatrix } from '../matrix/open.matrix.ts';
import { maySee, maySeeZone } from '../support/audience.oracle.ts';
import { anIncident } from '../support/builders.ts';
import { CALLERS, callerOf, type NamedCaller } from '../support/callers.ts';
import { describedOperations } from '../support/document.parameters.ts';
import type { Answer, Asking } from '../support/http.client.ts';
import type { Thing } from '../support/label.world.ts';

let matrix: OpenMatrix;
beforeAll(async () => {
  matrix = await openMatrix();
});
afterAll(() => matrix.close());

interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  [other: string]: unknown;
}
const document = JSON.parse(JSON.stringify(describeTripoint().document('/v1')));

/** The names of all members that a body may have. */
function namesIn(schema: Schema, seen = new Set<unknown>()): string[] {
  if (schema.$ref) return namesIn(document.components.schemas[schema.$ref.split('/').at(-1)!], seen);
  if (typeof schema !== 'object' || schema === null || seen.has(schema)) return [];
  seen.add(schema);
  const { properties = {}, example: _, ...rest } = schema;
  return [
    ...Object.keys(properties),
    ...[...Object.values(properties), ...Object.values(rest)].flatMap((inner) =>
      typeof inner === 'object' && inner !== null ? namesIn(inner as Schema, seen) : [],
    ),
  ];
}

// Members that name something of which some callers see nothing.
const HIDING = new Set([
  'id',
  'ids',
  'zone',
  'zones',
  'incident',
  'incidents',
  'report',
  'mandate',
  'key',
  'notice',
  'within',
  'collection',
]);

interface Reference {
  as: NamedCaller;
  of: 'incident' | 'zone';
  ask(id: string): Asking;
}

/** Each of them, with a write that names it; one that hides nothing says why. */
const REFERENCES: Record<string, string | (() => Reference)> = {
  'proposeCorrection collection': 'a layer of reference rows, which everybody sees',
  'proposeCorrection id': 'a reference row, which everybody sees',
  'previewCorrection collection': 'a layer of reference rows, which everybody sees',
  'previewCorrection id': 'a reference row, which everybody sees',
  'createMandate zone': () => ({
    as: callerOf('LBY', 'admin'),
    of: 'zone',
    ask: (zone) => ({
      path: '/mandates',
      method: 'post',
      body: { agency: 'lby-douanes', function: 'health_control', scope: { type: 'zone', zone }, source: 'x' },
    }),
  }),
  'createSubscription zone': () => ({
    as: callerOf('LBY', 'operator'),
    of: 'zone',
    ask: (zone) => ({ path: '/subscriptions', method: 'post', body: { zone, triggers: ['enter'] } }),
  }),
  'changeSubscription zone': 'as when it is created',
  'createSubscription incidents': 'a number of them',
  'changeSubscription incidents': 'a number of them',
  'putAgency id': 'agencies are seen by everyone',
  'createIncident id': 'an id that is taken is 409: see test/attacks/taken-ids.test.ts',
  'putIncident id': 'must be that of the path: see test/attacks/taken-ids.test.ts',
  'createIncidentItem id': 'an id that is taken is 409: see test/attacks/taken-ids.test.ts',
  'replaceIncidentItem id': 'must be that of the path',
  'updateIncidentItem id': 'must be that of the path',
  'createZoneItem id': 'is not looked at',
  'replaceZoneItem id': 'must be that of the path',
  'updateZoneItem id': 'must be that of the path',
  'release collection': 'says which of three the id is of',
  'release id': () => ({
    as: callerOf('LBY', 'coordinator'),
    of: 'incident',
    ask: (id) => ({ path: '/release', method: 'post', body: { collection: 'incidents', id, tlp: 'GREEN' } }),
  }),
  'releaseMany collection': 'says which of three the id is of',
  'releaseMany id': () => ({
    as: callerOf('LBY', 'coordinator'),
    of: 'incident',
    ask: (id) => ({
      path: '/releases',
      method: 'post',
      body: { releases: [{ collection: 'incidents', id, tlp: 'GREEN' }] },
    }),
  }),
  'previewReleases collection': 'says which of three the id is of',
  'previewReleases id': () => ({
    as: callerOf('LBY', 'coordinator'),
    of: 'zone',
    ask: (id) => ({
      path: '/releases/preview',
      method: 'post',
      body: { releases: [{ collection: 'zones', id, tlp: 'GREEN' }] },
    }),
  }),
  'searchItems ids': 'selects among the features that the caller sees',
  'previewRelease collection': 'says which of three the id is of',
  'previewRelease id': () => ({
    as: callerOf('LBY', 'coordinator'),
    of: 'zone',
    ask: (id) => ({
      path: '/release/preview',
      method: 'post',
      body: { collection: 'zones', id, tlp: 'GREEN' },
    }),
  }),
};

const bodySchemaOf = (id: string): Schema | undefined => {
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods as object));
  const { requestBody } = operations.find(({ operationId }) => operationId === id);
  const { $ref } = requestBody ?? {};
  const body = $ref ? document.components.requestBodies[$ref.split('/').at(-1)] : requestBody;
  const content = Object.values(body?.content ?? {}) as { schema?: Schema }[];
  return content.find(({ schema }) => schema)?.schema;
};

test('every body member that may refer to a hidden row is listed here', () => {
  const members = describedOperations.flatMap(({ id }) => {
    const schema = bodySchemaOf(id);
    const names = schema ? new Set(namesIn(schema)) : [];
    return [...names].filter((name) => HIDING.has(name)).map((name) => `${id} ${name}`);
  });
  const advice = members
    .filter((member) => !REFERENCES[member])
    .map(
      (member) =>
        `"${member}" may name what is hidden: add it to REFERENCES of test/attacks/references.test.ts.`,
    );
  expect(advice).toEqual([]);
  expect(Object.keys(REFERENCES).filter((member) => !members.includes(member))).toEqual([]);
});

const gist = ({ status, text, body }: Answer, id: string): object => ({
  status,
  text: text.replaceAll(id, '…').replaceAll(body?.requestId, '…'),
});

describe('a reference to a hidden row gets the same answer as one to a missing row', () => {
  const asked = Object.entries(REFERENCES).filter(([, one]) => typeof one !== 'string');
  test.each(asked as [string, () => Reference][])('by %s', async (_member, make) => {
    const { as, of, ask } = make();
    const nowhere = of === 'zone' ? 'zone-nowhere-quartz' : uuidv7();
    const missing = await matrix.dry.ask({ ...ask(nowhere), headers: as.headers });
    const may = of === 'zone' ? maySeeZone : (caller: NamedCaller, thing: Thing) => maySee(caller, thing);
    const hidden = matrix.things.filter((thing) => !may(as, thing));
    expect(hidden.length).toBeGreaterThan(3);
    for (const thing of hidden) {
      const answer = await matrix.dry.ask({ ...ask(thing[of]), headers: as.headers });
      expect(gist(answer, thing[of])).toEqual(gist(missing, nowhere));
    }
  });
});

describe('an id of one collection in the path of another', () => {
  test('is 404 for every caller', async () => {
    const [thing] = matrix.things;
    const wrong = [
      `/incidents/${matrix.things[1]!.incident}/reports/${thing!.report}`,
      `/incidents/${thing!.report}`,
      `/keys/${thing!.incident}`,
      `/zones/${thing!.incident}`,
      `/zones/${thing!.zone}/revisions/9`,
      `/segments/${thing!.zone}/incidents`,
    ];
    for (const path of wrong)
      for (const { headers, name } of CALLERS) {
        const { status } = await matrix.client.ask({ path, headers });
        expect({ path, name, isThere: status < 400 }).toEqual({ path, name, isThere: false });
      }
  });

  test('does not lead from a visible incident to a hidden report', async () => {
    const [clear] = matrix.things;
    const red = matrix.things.at(-1)!;
    for (const caller of CALLERS.filter((one) => !maySee(one, red))) {
      const path = `/incidents/${clear!.incident}/reports/${red.report}`;
      const answer = await matrix.client.ask({ path, headers: caller.headers });
      expect(answer.status).toBe(404);
      expect(leaksIn(answer.text, hiddenWords(matrix.things, caller), path)).toEqual([]);
    }
  });
});

test('an import that names a hidden incident only learns that the id is taken', async () => {
  const red = matrix.things.at(-1)!;
  const caller = callerOf('LBY', 'reporter');
  const { status, text, body } = await matrix.dry.ask({
    path: '/incidents/import',
    method: 'post',
    headers: caller.headers,
    mediaType: 'application/geo+json-seq',
    body: JSON.stringify(anIncident({ id: red.incident })),
  });
  expect({ status, accepted: body.accepted, updated: body.updated }).toEqual({
    status: 200,
    accepted: 0,
    updated: 0,
  });
  expect(leaksIn(text, hiddenWords(matrix.things, caller), red.incident)).toEqual([]);
});
