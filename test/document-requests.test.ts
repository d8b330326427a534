import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ROLES } from '../src/core/caller.ts';
import {
  type DescribedRequest,
  describedRequests,
  membersOf,
  requestsTo,
  resolved,
  undocumented,
} from './support/described.requests.ts';
import { type Answer, type Asking, type HttpClient, openClient } from './support/http.client.ts';
import { keyFor } from './support/rescue.ts';
import { countRuns, samples } from './support/runs.ts';
import type { Schema } from './support/schema.arbitrary.ts';
import { agencyOf, keyOf, startService, type TestService } from './support/service.ts';
import { LOCAL } from './support/webhooks.ts';

// Requests that the document allows, made from it at random. TEST_SEED repeats a run.
const SEED = Number(process.env.TEST_SEED ?? Date.now() % 2 ** 31);
const RUNS = samples(40, 4);

/** Rules between values, which a schema of OpenAPI 3.0 cannot say: the only 400s for requests that the document allows. */
const REASONS: Record<string, string> = {
  'one-place-needed': 'exactly one of zone, segment and crossing',
  'at-or-revision': 'not both',
  'offset-twice': 'offset and startIndex are two names of one',
  'counts-order': 'low ≤ best ≤ high',
  'release-id': 'a UUID for incidents and reports, a slug for zones',
  'id-of-other-path': 'the id of the body is that of the path',
  'id-not-uuid-7': 'the version of a UUID',
  'outcome-needed': 'an outcome with the state given',
  'outcome-too-early': 'an outcome once help was given',
  'label-amber-only': 'countries with AMBER alone',
  'ends-before-start': 'periods end after their start',
  'before-occurred-at': 'periods end after their start',
  'not-after-from': 'periods end after their start',
  'as-own-country': 'another country than that of the key',
  'red-hides-zone': 'RED for a zone of one country',
  'alerts-or-up-to': 'some alerts, or all up to one',
  'geometry-or-rule': 'a geometry or a rule, not both',
  'offset-of-file': 'pages have an offset, files do not',
  'property-unknown': 'the tiles of any layer share their description',
  'participants-repeat': 'no word twice in comma-separated text',
  'no-such': 'the zone of a stream exists',
  'header-not-iom': 'the header of a CSV file',
  'period-unbounded': 'a period with both ends',
  'intervals-too-many': 'no more intervals than are answered',
  'header-column-unknown': 'the header of a CSV file',
  'telephone-form': 'digits as telephone numbers have them',
};

/** What is needed only beside other members of the example; or one of several parameters. */
const CONDITIONAL: Record<string, string> = {
  'addCrossingStatus state': 'or opening hours',
  'addAssistance outcome': 'with the state given',
  'addRequest needs': 'with the kind support',
  'addZoneRequest needs': 'with the kind support',
  'addSegmentRequest needs': 'with the kind support',
  'addCrossingRequest needs': 'with the kind support',
  'addPlaceRequest needs': 'with the kind support',
  'createSubscription withinMetres': 'with a crossing or a segment',
  'createSubscription triggers': 'with withinMetres',
  'listResponsibleAgencies zone': 'or a segment or a crossing',
};

let service: TestService;
let client: HttpClient;
let headers: Record<string, string>;
beforeAll(async () => {
  console.info(`TEST_SEED=${SEED}`);
  service = await startService({ withDemo: true, webhookTargets: LOCAL });
  client = await openClient(service.app);
  headers = await keyFor(service, 'TUN', agencyOf(keyOf('TUN', 'reporter')), [...ROLES]);
});
afterAll(async () => {
  await client.close();
  await service.stop();
});

const ask = (asking: Asking, isKnown: boolean) =>
  client.ask({ ...asking, headers: { ...asking.headers, ...(isKnown && headers) } });

/** Faults of a refusal that no reason explains. RFC 7946 describes geometries, CQL2 filters. A page names no codes. */
const unexplained = ({ status, body }: Answer): string[] =>
  status === 400 && body
    ? ((body.errors ?? [body]) as { code: string; path?: string; message?: string }[])
        .filter(
          ({ code, path }) =>
            !REASONS[code] &&
            !code.startsWith('cql2-') &&
            !/^(geometry|place|features\.\d+\.geometry)/.test(path ?? ''),
        )
        .map(({ code, path, message }) => `${code} ${path} ${message}`)
    : [];

describe('requests that the document allows are answered as it says:', () => {
  test.each(describedRequests.map((one): [string, DescribedRequest] => [one.operationId, one]))(
    '%s',
    async (_id, described) => {
      const wrong: object[] = [];
      for (const [n, asking] of fc.sample(requestsTo(described), { numRuns: RUNS, seed: SEED }).entries()) {
        const answer = await ask(asking, n % 3 > 0);
        const fault = undocumented(described, answer);
        const faults = [...(fault ? [fault] : []), ...unexplained(answer)];
        if (faults.length > 0) wrong.push({ seed: SEED, faults, asking, text: answer.text.slice(0, 300) });
      }
      countRuns(RUNS);
      expect(wrong).toEqual([]);
    },
  );
});

describe('what the document requires is what the service asks for:', () => {
  const exampleOf = ({ requestBody }: DescribedRequest) => {
    const [mediaType, content] = Object.entries(requestBody?.content ?? {})[0] ?? [];
    const example = content?.example ?? (content && resolved(content.schema).example);
    return { mediaType, schema: content?.schema, example: example as Record<string, unknown> | undefined };
  };
  const queryOf = ({ parameters = [] }: DescribedRequest, names: (required: boolean) => boolean) => {
    const given = parameters
      .map(resolved)
      .filter((one) => one.in === 'query' && names(one.required ?? false));
    return given.map(({ name, schema, example }) => [name, String(example ?? exampleIn(schema))]);
  };
  const withBody = describedRequests.filter((one) => typeof exampleOf(one).example === 'object');
  const exampleIn = (schema: Schema): unknown =>
    resolved(schema.allOf?.[0] ?? schema).example ?? schema.example;
  const pathOf = (one: DescribedRequest) =>
    (one.parameters ?? []).map(resolved).reduce((path, { name, example, schema }) => {
      const id = example ?? exampleIn(schema) ?? '0199e0c4-6d00-7c1e-9f5e-000000000009';
      return path.replace(`{${name}}`, encodeURIComponent(String(id)));
    }, one.path);
  /** Names of what the service misses. */
  const missing = ({ status, body }: Answer): string[] =>
    status === 400 || status === 422 ? (body.errors ?? []).map(({ path }: { path: string }) => path) : [];

  test.each(withBody.map((one): [string, DescribedRequest] => [one.operationId, one]))(
    'the body of %s',
    async (_id, one) => {
      const { mediaType, schema, example } = exampleOf(one);
      const wrong: string[] = [];
      for (const { path, isRequired } of membersOf(schema!)) {
        const body = structuredClone(example!);
        const owner = path
          .slice(0, -1)
          .reduce<Record<string, unknown> | undefined>(
            (inner, name) => inner?.[name] as Record<string, unknown> | undefined,
            body,
          );
        if (owner === undefined || owner === null) continue;
        delete owner[path.at(-1)!];
        const asking = { method: one.method, path: `${pathOf(one)}?`, mediaType, body };
        const missed = missing(await ask({ ...asking, headers: { Accept: 'application/json' } }, true));
        const name = path.join('.');
        // the fault of a geometry that could be a rule is that of the whole body
        const ofIt = (one: string) =>
          one === name || one.startsWith(`${name}.`) || (one === '' && name === 'geometry');
        if (missed.some(ofIt) === isRequired || CONDITIONAL[`${one.operationId} ${name}`]) continue;
        wrong.push(`${name} ${isRequired ? 'is not asked for' : 'is required'}`);
      }
      expect(wrong).toEqual([]);
    },
  );

  const withNeeds = describedRequests.filter((one) => one.method === 'get');
  test.each(withNeeds.map((one): [string, DescribedRequest] => [one.operationId, one]))(
    'the query of %s',
    async (_id, one) => {
      const needed = queryOf(one, (required) => required);
      const query = new URLSearchParams(needed as [string, string][]);
      const asked = async (names: URLSearchParams) =>
        missing(
          await ask({ path: `${pathOf(one)}?${names}`, headers: { Accept: 'application/json' } }, true),
        );
      expect((await asked(query)).filter((name) => !CONDITIONAL[`${one.operationId} ${name}`])).toEqual([]);
      for (const [name] of needed) {
        const less = new URLSearchParams(query);
        less.delete(name!);
        expect(await asked(less)).toEqual([name]);
      }
    },
  );
});
