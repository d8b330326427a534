import type { z } from 'zod';
import { type Caller, ROLES, type Role } from '../../core/caller.ts';
import { inBody, invalidInput, notFound, refused } from '../../core/problem.ts';
import { operation } from '../../http/operation.ts';
import { isSameLabel, type Label, releasedTo } from '../label.audience.ts';
import { permitPreview, refusalOf } from '../label.permission.ts';
import { previewOf } from './release.preview.ts';
import { ofEach, type RefusedRow, refusedAt, throwAll, throwFirst } from './release.refusal.ts';
import {
  Released,
  ReleasedAll,
  ReleasePreview,
  ReleasePreviews,
  ReleaseRequest,
  ReleasesRequest,
} from './release.schema.ts';
import type { LabelledRow, ReleaseStore } from './release.store.ts';
import { type CurrentRevision, labelledOf, ownedOf, type ReleaseSubject } from './release.subject.ts';

const COORDINATORS: readonly Role[] = ['coordinator'];
const NOUN = { incidents: 'incident', reports: 'report', zones: 'zone' } as const;
const tag = 'Release';

/** The GET answers of each collection, as JSON text. */
export interface ReleaseReaders {
  incident(caller: Caller, id: string): Promise<string | undefined>;
  report(caller: Caller, incident: string, id: string): Promise<string | undefined>;
  /** The current revisions of a zone, in display order. */
  revisions(caller: Caller, id: string): Promise<string | undefined>;
  /** All reports about an incident. */
  reports(caller: Caller, incident: string): Promise<string | undefined>;
}

export const releaseOperations = (releases: ReleaseStore, readers: ReleaseReaders) => {
  /** All or none; `refuse` gets a problem for each refused row and throws. */
  async function releaseAll(
    caller: Caller,
    bodies: readonly ReleaseRequest[],
    refuse: (refused: readonly RefusedRow[]) => void,
  ): Promise<Released[]> {
    let released: Released[] = [];
    await releases.release(caller, bodies, (current) => {
      const decided = ofEach(bodies, (body, n) => decide(caller, body, orMissing(body, current[n])));
      refuse(decided.refused);
      released = bodies.map((body, n) => releasedOf(body, current[n]!, decided.values[n]));
      return decided.values;
    });
    return released;
  }

  async function preview(caller: Caller, body: ReleaseRequest): Promise<z.input<typeof ReleasePreview>> {
    const subject = await readSubject(releases, readers, caller, body);
    permitPreview(caller, subject.owned.owner);
    refuseSenseless(body, partiesOf(subject));
    const zoneViewers = await releases.findZoneViewers(caller, subject.label.zones ?? []);
    const isIncident = body.collection === 'incidents';
    const reports = isIncident ? JSON.parse((await readers.reports(caller, body.id)) ?? '[]') : undefined;
    return previewOf({ ...subject, zoneViewers, reports }, body);
  }

  return [
    operation({
      id: 'release',
      method: 'post',
      path: '/release',
      tag,
      summary: 'Change who may see an incident, a report or a zone.',
      description:
        'A coordinator of the owner country may widen the label; any key of the owning agency, and such a coordinator, may narrow it. The audit log records each change with the old and the new label. Repeating a label changes nothing.',
      roles: ROLES,
      body: ReleaseRequest,
      responses: { 200: { description: 'The current label.', schema: Released } },
      problems: [400, 401, 403, 404, 422],
      async handle({ body, caller }) {
        const [released] = await releaseAll(caller, [body], throwFirst);
        return { body: released };
      },
    }),

    operation({
      id: 'releaseMany',
      method: 'post',
      path: '/releases',
      tag,
      summary: 'Change who may see many incidents, reports and zones.',
      description:
        'All or none, under the rules of `POST /release`. If one is refused, 422 names each refused row in `errors`, and nothing has changed. The audit log records each change by itself.',
      roles: ROLES,
      body: ReleasesRequest,
      responses: { 200: { description: 'The current labels.', schema: ReleasedAll } },
      problems: [400, 401, 422],
      handle: async ({ body, caller }) => ({
        body: { releases: await releaseAll(caller, body.releases, throwAll) },
      }),
    }),

    operation({
      id: 'previewRelease',
      method: 'post',
      path: '/release/preview',
      tag,
      summary: 'Preview who would see what under another label.',
      description:
        'For coordinators of the owner country. For each country and for callers without a key: whether they see the row now and under the new label, and the answer of its GET. An incident lists only the zones that both you and that country see.',
      roles: COORDINATORS,
      body: ReleaseRequest,
      responses: { 200: { description: 'Nothing is stored.', schema: ReleasePreview } },
      problems: [400, 401, 403, 404, 422],
      handle: async ({ body, caller }) => ({ body: await preview(caller, body) }),
    }),

    operation({
      id: 'previewReleases',
      method: 'post',
      path: '/releases/preview',
      tag,
      summary: 'Preview who would see what under other labels.',
      description:
        'For coordinators of the owner country: `POST /release/preview` for many rows. If one is refused, 422 names each refused row in `errors`.',
      roles: COORDINATORS,
      body: ReleasesRequest,
      responses: { 200: { description: 'Nothing is stored.', schema: ReleasePreviews } },
      problems: [400, 401, 403, 422],
      async handle({ body, caller }) {
        const previews: z.input<typeof ReleasePreview>[] = [];
        const refused: RefusedRow[] = [];
        for (const [n, one] of body.releases.entries())
          await preview(caller, one).then(
            (done) => previews.push(done),
            (problem) => refused.push(refusedAt(n, problem)),
          );
        throwAll(refused);
        return { body: { previews } };
      },
    }),
  ];
};

function orMissing({ collection, id }: ReleaseRequest, current: LabelledRow | undefined): LabelledRow {
  if (!current) throw notFound(NOUN[collection], id);
  return current;
}

/** The label to set, or undefined if it is unchanged. */
function decide(caller: Caller, body: ReleaseRequest, current: LabelledRow): Label | undefined {
  refuseSenseless(body, current.participants);
  const label = { tlp: body.tlp, releasableTo: releasedTo(body, current.owner) };
  if (!current.followsIncident && isSameLabel(current, label, current.owner)) return undefined;
  const refusal = refusalOf(caller, current, current, label);
  if (refusal) throw refused(refusal);
  return label;
}

function refuseSenseless({ collection, tlp }: ReleaseRequest, participants: readonly string[] = []): void {
  if (collection !== 'zones' || tlp !== 'RED' || participants.length < 2) return;
  throw invalidInput([inBody('tlp', 'release-hides-zone')], 422);
}

const partiesOf = ({ revisions = [] }: ReleaseSubject): string[] => [
  ...new Set(revisions.flatMap(({ answer }) => labelledOf(answer).participants ?? [])),
];

const releasedOf = ({ collection, id }: ReleaseRequest, current: LabelledRow, label?: Label): Released => ({
  collection,
  id,
  owner: current.owner,
  agency: current.agency,
  tlp: (label ?? current).tlp,
  releasableTo: [...(label ?? current).releasableTo],
  hasChanged: label !== undefined,
});

async function readSubject(
  releases: ReleaseStore,
  readers: ReleaseReaders,
  caller: Caller,
  request: ReleaseRequest,
): Promise<ReleaseSubject> {
  const { collection, id } = request;
  const incidentId = collection === 'reports' ? await releases.findIncidentOf(caller, id) : undefined;
  const text = await readAnswer(readers, caller, request, incidentId);
  const incident = incidentId === undefined ? undefined : await readers.incident(caller, incidentId);
  if (text === undefined) throw notFound(NOUN[collection], id);
  const revisions: CurrentRevision[] | undefined = collection === 'zones' ? JSON.parse(text) : undefined;
  const answer = revisions?.[0]?.answer ?? JSON.parse(text);
  const label = labelledOf(answer);
  return {
    answer,
    label,
    owned: ownedOf(request, label),
    incident: incident === undefined ? undefined : labelledOf(JSON.parse(incident)),
    revisions,
    zoneViewers: new Map(),
  };
}

async function readAnswer(
  readers: ReleaseReaders,
  caller: Caller,
  { collection, id }: ReleaseRequest,
  incident: string | undefined,
): Promise<string | undefined> {
  if (collection === 'incidents') return readers.incident(caller, id);
  if (collection === 'zones') return readers.revisions(caller, id);
  return incident === undefined ? undefined : readers.report(caller, incident, id);
}
