import { auditStore } from '../../src/audit/audit.store.ts';
import { type Caller, COUNTRY_CODES, type CountryCode } from '../../src/core/caller.ts';
import { sql } from '../../src/db/sql.ts';
import { cellStore } from '../../src/features/incidents/cell.store.ts';
import { doubleStore } from '../../src/features/incidents/double.store.ts';
import { asTableOwner } from './audit.ts';
import { positionOf } from './builders.reference.ts';
import { anIncident, aSquare } from './builders.ts';
import { approve, proposeZone } from './builders.zones.ts';
import { aCorrection, type GivenFeature } from './corrections.ts';
import { addDeadLetter } from './dead.letters.ts';
import { aProcedure } from './procedures.ts';
import { decideJoint, proposeJoint } from './proposals.ts';
import { agencyOf, as, keyOf, type TestService } from './service.ts';

/**
 * What carries one label: an incident of distress with two reports and a legal hold, and around it a zone with a mandate,
 * in force in its first revision while the second one waits, another that is proposed and one that is a draft.
 */
export interface Thing {
  label: string;
  /** Stands in every text of the thing and nowhere else. */
  word: string;
  owner: CountryCode;
  agency: string;
  tlp: string;
  releasableTo: CountryCode[];
  /** Of the zone, in any of its revisions. */
  participants: CountryCode[];
  /** Of the revision that is in force. */
  agreedBy: CountryCode[];
  incident: string;
  /** An incident of Tunisia that all agencies see: the same event. Absent where nobody has seeded it. */
  otherSide?: string;
  /** What rescue bodies see of the incident. */
  notice: string;
  response: string;
  /** Of all the agencies and countries that see the incident; none where nobody else does. */
  request: string | undefined;
  /** About the zone, of all who see it; none where nobody else does. */
  zoneRequest: string | undefined;
  /** Of the zone, proposed for the revision that is in force; none for a RED one. */
  procedure: string | undefined;
  report: string;
  /** In the register of the owning agency. */
  offer: string;
  /** A report with a label of its own: for the owner country alone. */
  strictReport: string;
  zone: string;
  proposal: string;
  /** A joint proposal other than a zone, which its own country has approved. */
  joint: string;
  draft: string;
  /** Of the side of its country; none where nobody else of the country sees it. */
  assessment: string | undefined;
  /** What it asks for first. */
  reaction: string | undefined;
  mandate: string;
  /** A proposal of the owner country to correct a segment. Its label is not that of the thing. */
  correction: string;
  /** An alert of the owning agency about the incident. */
  alert: string;
  /** Of the owning agency, to the zone. */
  subscription: string;
  /** Of the owning agency, and what did not reach it. */
  webhook: string;
  delivery: string;
  /** Of its country, on a day of its own; the three countries see it whatever the label. */
  indicator: string;
  /** Of the owning agency: offered, with open items. */
  shift: string;
  /** Of another agency of the country: open, with a note. */
  otherShift: string;
  note: string;
}

type Shifts = Pick<Thing, 'shift' | 'otherShift' | 'note'>;
type Label = Pick<Thing, 'label' | 'tlp' | 'releasableTo' | 'participants' | 'agreedBy'>;

/** Every label with every release, and joint zones, whose participants see them whatever the label. */
function labelsOf(owner: CountryCode): Label[] {
  const [one, other] = COUNTRY_CODES.filter((code) => code !== owner) as [CountryCode, CountryCode];
  const label = (
    name: string,
    tlp: string,
    releasableTo: CountryCode[] = [],
    agreedBy = [owner],
    participants = agreedBy,
  ) => ({ label: name, tlp, releasableTo, agreedBy, participants });
  return [
    label('CLEAR', 'CLEAR'),
    label('GREEN', 'GREEN'),
    label('AMBER to nobody', 'AMBER'),
    label(`AMBER to ${one}`, 'AMBER', [one]),
    label(`AMBER to ${other}`, 'AMBER', [other]),
    label('AMBER to both', 'AMBER', [one, other]),
    label('AMBER+STRICT', 'AMBER+STRICT'),
    label('joint', 'AMBER+STRICT', [], [owner, other]),
    // who is only asked to join sees what is proposed, and not what is in force
    label('to be joint', 'AMBER+STRICT', [], [owner], [owner, other]),
    label('RED', 'RED'),
  ];
}

export const CENTRE = positionOf('bouchebka');
const HALF_DEGREES = 0.05;
export const AREA = aSquare([CENTRE.lon, CENTRE.lat], HALF_DEGREES);
/** In each indicator. */
export const COUNTED = 4210;
const COUNTED_AT = { DZA: 'bouchebka', TUN: 'bouchebka', LBY: 'ras-ajdir' };
/** A function that only mandates for RED zones are given for. */
export const RED_FUNCTION = 'migration_referral';
/** With a mandate for rescue at the border where everything lies. */
export const RESCUE_BODY = agencyOf(keyOf('TUN', 'reporter', { second: true }));
export const isRescuer = ({ agency }: Caller): boolean => agency === RESCUE_BODY;
/** A segment of each country, where it assesses the impact. */
export const ASSESSED: Record<CountryCode, string> = {
  DZA: 'DZA-TUN-07',
  LBY: 'LBY-TUN-02',
  TUN: 'DZA-TUN-08',
};
const YESTERDAY_MS = 86_400_000;

type Role = 'reporter' | 'operator' | 'admin';
type Post = (path: string, role: Role, body: object) => Promise<string>;

const postAs =
  ({ api }: TestService, country: CountryCode): Post =>
  async (path, role, body) => {
    const sent = api.post(`/v1${path}`).set(as(keyOf(country, role)));
    const answer = await sent.send(body);
    if (answer.status !== 201) throw new Error(`${path} answered ${answer.status}: ${answer.text}`);
    return answer.body.id;
  };

/** One thing of each label of some countries, all at one place, and somebody who comes to the rescue there. */
export async function seedLabels(service: TestService, ...owners: CountryCode[]): Promise<Thing[]> {
  const things: Thing[] = [];
  for (const owner of owners) {
    const shifts = await seedShifts(service, owner);
    for (const label of labelsOf(owner)) {
      things.push({ ...(await seedThing(service, owner, label)), ...shifts });
      // counts of cells: some in sums, the last ones appended
      if (label.label === 'joint') while (await cellStore(service.db).fold());
    }
    await postAs(service, owner)(`/shifts/${shifts.shift}/handover`, 'reporter', {});
  }
  await postAs(service, 'TUN')('/mandates', 'admin', {
    agency: RESCUE_BODY,
    function: 'search_rescue',
    scope: { type: 'border', border: 'DZA-TUN' },
    rank: 'supporting',
    source: 'exercise plan of 2026',
  });
  if (owners.length > 1) await seedDoubles(service, things);
  // what was written so far is to be found in the audit log
  while (await auditStore(service.db).seal());
  return things;
}

/**
 * What Tunisia reports of the same event, for all agencies to see; linked with what the others reported. Answers its id.
 * Far away and inexact, so that it lies on no tile of the things and in none of their zones.
 */
export async function seedOtherSide(service: TestService): Promise<string> {
  const id = await postAs(service, 'TUN')(
    '/incidents',
    'reporter',
    anIncident({
      at: [CENTRE.lon + 4, CENTRE.lat],
      horizontalAccuracyMetres: 450_000,
      kind: 'distress',
      occurredAt: new Date(Date.now() - YESTERDAY_MS).toISOString(),
      tlp: 'GREEN',
    }),
  );
  while (await doubleStore(service.db).link());
  return id;
}

/** Incidents of several owners at one place are linked as one event, and each owner confirms one link of each of its own. */
export async function seedDoubles({ api, db }: TestService, things: readonly Thing[]): Promise<void> {
  while (await doubleStore(db).link());
  for (const { incident, owner } of things) {
    const path = `/v1/incidents/${incident}/same-as`;
    const headers = as(keyOf(owner, 'reporter'));
    const { body } = await api.get(path).set(headers).expect(200);
    const confirm = api.put(`${path}/${body.sameAs[0].incident}`).set(headers);
    await confirm.send({ decision: 'confirm' }).expect(200);
  }
}

async function seedShifts(service: TestService, owner: CountryCode): Promise<Shifts> {
  const others = as(keyOf(owner, 'reporter', { second: true }));
  const post = async (path: string, headers: Record<string, string>, body: object): Promise<string> =>
    (await service.api.post(`/v1/shifts${path}`).set(headers).send(body).expect(201)).body.id;
  const place = { kind: 'post', name: `Exercise post of ${owner}` };
  const shift = await post('', as(keyOf(owner, 'reporter')), { place });
  const otherShift = await post('', others, { place });
  const note = await post(`/${otherShift}/entries`, others, { text: `quartz-note-of-${owner}` });
  return { shift, otherShift, note };
}

async function seedThing(
  service: TestService,
  owner: CountryCode,
  label: Label,
): Promise<Omit<Thing, keyof Shifts>> {
  const agency = agencyOf(keyOf(owner, 'reporter'));
  const word = `quartz-${`${label.label} of ${owner}`.toLowerCase().replace(/\W+/g, '-')}`;
  const post = postAs(service, owner);
  const zones = await seedZones(service, owner, label, word);
  const incident = await seedIncident(service, owner, label, word);
  const report = await post(`/incidents/${incident}/reports`, 'reporter', { text: word });
  const strict = { text: `${word}-strict`, tlp: 'AMBER+STRICT' };
  const strictReport = await post(`/incidents/${incident}/reports`, 'reporter', strict);
  const offer = await post('/offers', 'operator', {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [CENTRE.lon, CENTRE.lat] },
    properties: { kind: 'drones', quantity: 1, text: word, tlp: label.tlp, releasableTo: label.releasableTo },
  });
  const mandate = await post('/mandates', 'admin', {
    agency,
    function: label.tlp === 'RED' ? RED_FUNCTION : 'zone_access',
    scope: { type: 'zone', zone: zones.zone },
    source: word,
  });
  const indicator = await post(`/crossings/${COUNTED_AT[owner]}/indicators`, 'operator', {
    day: `2026-09-${String(labelsOf(owner).findIndex((one) => one.label === label.label) + 10)}`,
    passengers: COUNTED,
    method: 'manual',
  });
  await post(`/incidents/${incident}/acknowledgements`, 'reporter', {});
  const response = await post(`/incidents/${incident}/responses`, 'reporter', { kind: 'rescue', text: word });
  const request = await seedRequest(service, owner, label, { path: `/incidents/${incident}`, word });
  const zoneRequest = await seedRequest(service, owner, label, { path: `/zones/${zones.zone}`, word });
  const correction = await post('/corrections', 'admin', aCorrection([renamed(owner)]));
  const procedure =
    label.tlp === 'RED'
      ? undefined
      : await post(
          `/zones/${zones.zone}/procedures`,
          'operator',
          aProcedure({ names: { en: word }, purpose: `${word}-procedure` }),
        );
  const impact = await seedAssessment(service, owner, label, word);
  const notice = await noticeOf(service, incident);
  await post(`/distress/${notice}/assistance`, 'reporter', { state: 'under_way' });
  const asked = { zone: zones.zone, triggers: ['enter'] };
  const subscription = await post('/subscriptions', 'operator', asked);
  const letter = await addDeadLetter(service, agency, incident);
  const seen = {
    incident,
    notice,
    response,
    request,
    zoneRequest,
    procedure,
    report,
    strictReport,
    correction,
    offer,
    ...impact,
    mandate,
    indicator,
    subscription,
    ...letter,
  };
  return { ...label, ...zones, ...seen, owner, agency, word };
}

/** A country and its neighbour share the segment. */
const renamed = (owner: CountryCode): GivenFeature => ({
  collection: 'segments',
  id: owner === 'LBY' ? 'LBY-TUN-04' : 'DZA-TUN-07',
  properties: { names: { en: 'Another name' } },
});
export const maySeeCorrection = ({ country }: Caller, { owner }: Pick<Thing, 'owner'>): boolean =>
  (owner === 'LBY' ? ['LBY', 'TUN'] : ['DZA', 'TUN']).includes(country ?? '');

/** Participants see it whatever the label: the word of a RED thing would be no secret in it. */
export const jointSubjectOf = ({ tlp, word }: Pick<Thing, 'tlp' | 'word'>): string =>
  tlp === 'RED' ? 'joint-of-one' : word;

async function seedZones(service: TestService, country: CountryCode, label: Label, word: string) {
  const { tlp, releasableTo, participants, agreedBy } = label;
  const subject = jointSubjectOf({ tlp, word });
  const joint = await proposeJoint(service, country, participants, { subject, path: `/${subject}-joint` });
  await decideJoint(service, joint, country).expect(201);
  const change = (text: string, parties: CountryCode[]) => ({
    geometry: AREA,
    names: { en: text },
    purpose: text,
    participants: parties,
    tlp,
    releasableTo,
  });
  const { api } = service;
  const first = await proposeZone(api, country, change(word, agreedBy));
  await approve(api, first);
  await api
    .patch(`/v1/zones/${first.id}`)
    .set(as(keyOf(country, 'operator')))
    .send({ properties: { purpose: `${word}-next`, participants } })
    .expect(200);
  const proposal = await proposeZone(api, country, change(`${word}-proposal`, participants));
  const { geometry, ...properties } = change(`${word}-draft`, participants);
  const draft = await postAs(service, country)('/zones', 'operator', {
    type: 'Feature',
    geometry,
    properties: { ...properties, kind: 'exercise' },
  });
  return { zone: first.id, proposal: proposal.id, joint, draft };
}

async function seedIncident(service: TestService, owner: CountryCode, label: Label, word: string) {
  const { tlp, releasableTo } = label;
  const incident = await postAs(service, owner)(
    '/incidents',
    'reporter',
    anIncident({
      at: [CENTRE.lon, CENTRE.lat],
      kind: 'distress',
      occurredAt: new Date(Date.now() - YESTERDAY_MS).toISOString(),
      placeText: word,
      source: word,
      externalId: word,
      tlp,
      releasableTo,
    }),
  );
  await service.api
    .put(`/v1/incidents/${incident}/legal-hold`)
    .set(as(keyOf(owner, 'coordinator')))
    .send({ reason: word })
    .expect(201);
  return incident;
}

async function seedRequest(
  service: TestService,
  owner: CountryCode,
  { tlp, releasableTo, agreedBy }: Label,
  { path, word }: { path: string; word: string },
): Promise<string | undefined> {
  if (tlp === 'RED') return undefined;
  const others = COUNTRY_CODES.filter((code) => code !== owner);
  const viewers = tlp === 'CLEAR' || tlp === 'GREEN' ? others : releasableTo;
  const parties = path.startsWith('/zones/') ? agreedBy : [];
  const to = [
    agencyOf(keyOf(owner, 'reporter', { second: true })),
    ...others.filter((code) => viewers.includes(code) || parties.includes(code)),
  ];
  const body = { kind: 'information', to, dueAt: '2099-01-01T00:00:00Z', text: word };
  return postAs(service, owner)(`${path}/requests`, 'reporter', body);
}

async function seedAssessment(
  service: TestService,
  owner: CountryCode,
  { tlp, releasableTo }: Label,
  word: string,
): Promise<Pick<Thing, 'assessment' | 'reaction'>> {
  if (tlp === 'RED') return { assessment: undefined, reaction: undefined };
  const { body } = await service.api
    .post(`/v1/segments/${ASSESSED[owner]}/impact`)
    .set(as(keyOf(owner, 'coordinator')))
    .send({
      level: 'medium',
      aspects: ['savingLives'],
      rationale: word,
      reviewDueAt: '2099-01-01T00:00:00Z',
      tlp,
      releasableTo,
    })
    .expect(201);
  const asked = await service.api
    .get(`/v1/reactions?assessment=${body.id}`)
    .set(as(keyOf(owner, 'reader')))
    .expect(200);
  return { assessment: body.id, reaction: asked.body.reactions[0].id };
}

async function noticeOf({ db }: TestService, incident: string): Promise<string> {
  const statement = sql`SELECT n.id FROM base.distress_notice AS n WHERE n.incident = ${incident}`;
  const [row] = await asTableOwner<{ id: string }>(db, statement);
  return row!.id;
}
