import { auditStore } from '../../src/access/audit.store.ts';
import type { CountryCode } from '../../src/access/caller.ts';
import { sql } from '../../src/db/sql.ts';
import { asTableOwner } from './audit.ts';
import { positionOf } from './builders.reference.ts';
import { anIncident, aSquare } from './builders.ts';
import { agencyOf, as, keyOf, type TestService } from './service.ts';

const NEIGHBOURS: Record<CountryCode, [CountryCode, CountryCode]> = {
  DZA: ['LBY', 'TUN'],
  LBY: ['DZA', 'TUN'],
  TUN: ['DZA', 'LBY'],
};

/** What carries one label: an incident with a report and a legal hold, and a zone around it with a mandate. */
export interface Thing {
  label: string;
  /** Stands in every text of the thing and nowhere else. */
  word: string;
  owner: CountryCode;
  agency: string;
  tlp: string;
  releasableTo: CountryCode[];
  /** Of the zone. */
  participants: CountryCode[];
  incident: string;
  report: string;
  zone: string;
  mandate: string;
}

type Label = Pick<Thing, 'label' | 'tlp' | 'releasableTo' | 'participants'>;

/** Every label with every release, and a joint zone, whose participants see it whatever its label. */
function labelsOf(owner: CountryCode): Label[] {
  const [one, other] = NEIGHBOURS[owner];
  const label = (name: string, tlp: string, releasableTo: CountryCode[] = [], more: CountryCode[] = []) => ({
    label: name,
    tlp,
    releasableTo,
    participants: [owner, ...more],
  });
  return [
    label('CLEAR', 'CLEAR'),
    label('GREEN', 'GREEN'),
    label('AMBER to nobody', 'AMBER'),
    label(`AMBER to ${one}`, 'AMBER', [one]),
    label(`AMBER to ${other}`, 'AMBER', [other]),
    label('AMBER to both', 'AMBER', [one, other]),
    label('AMBER+STRICT', 'AMBER+STRICT'),
    label('joint', 'AMBER+STRICT', [], [other]),
    label('RED', 'RED'),
  ];
}

export const CENTRE = positionOf('bouchebka');
const HALF_DEGREES = 0.05;
export const AREA = aSquare([CENTRE.lon, CENTRE.lat], HALF_DEGREES);
/** A function that only mandates for RED zones are given for. */
export const RED_FUNCTION = 'migration_referral';
const YESTERDAY_MS = 86_400_000;

/** One thing of each label of a country, all at one place. */
export async function seedLabels(service: TestService, owner: CountryCode): Promise<Thing[]> {
  const things: Thing[] = [];
  for (const label of labelsOf(owner)) things.push(await seedThing(service, owner, label));
  // what was written so far is to be found in the audit log
  while (await auditStore(service.db).seal());
  return things;
}

async function seedThing(service: TestService, owner: CountryCode, label: Label): Promise<Thing> {
  const agency = agencyOf(keyOf(owner, 'reporter'));
  const name = `${label.label} of ${owner}`;
  const word = `quartz-${name.toLowerCase().replace(/\W+/g, '-')}`;
  const zone = `zone-${word}`;
  const post = async (path: string, role: 'reporter' | 'admin', body: object): Promise<string> => {
    const sent = service.api.post(`/v1${path}`).set(as(keyOf(owner, role)));
    const answer = await sent.send(body);
    if (answer.status !== 201) throw new Error(`${path} answered ${answer.status}: ${answer.text}`);
    return answer.body.id;
  };
  await insertZone(service, { ...label, owner, agency, word, zone });
  const { tlp, releasableTo } = label;
  const incident = await post('/incidents', 'reporter', {
    ...anIncident({
      at: [CENTRE.lon, CENTRE.lat],
      occurredAt: new Date(Date.now() - YESTERDAY_MS).toISOString(),
      placeText: word,
      source: word,
      externalId: word,
      tlp,
      releasableTo,
    }),
  });
  const report = await post(`/incidents/${incident}/reports`, 'reporter', { text: word });
  const hold = service.api.put(`/v1/incidents/${incident}/legal-hold`);
  await hold
    .set(as(keyOf(owner, 'coordinator')))
    .send({ reason: word })
    .expect(201);
  const mandate = await post('/mandates', 'admin', {
    agency,
    function: tlp === 'RED' ? RED_FUNCTION : 'zone_access',
    scope: { type: 'zone', zone },
    source: word,
  });
  return { ...label, owner, agency, word, zone, incident, report, mandate };
}

type NewZone = Label & Pick<Thing, 'owner' | 'agency' | 'word' | 'zone'>;

// In force, by whatever way a zone gets there.
const insertZone = (
  { db }: TestService,
  { zone, owner, agency, word, participants, tlp, releasableTo }: NewZone,
) =>
  asTableOwner(
    db,
    sql`INSERT INTO base.zone (id, country, agency, author, kind, names, purpose, participants, area, valid_from,
          state, tlp, releasable_to)
        VALUES (${zone}, ${owner}, ${agency}, ${agency}, 'exercise', ${JSON.stringify({ en: word })}, ${word},
          ${participants}, ST_Multi(ST_SetSRID(ST_GeomFromGeoJSON(${JSON.stringify(AREA)}), 4326)), '2026-01-01',
          'active', ${tlp}, ${releasableTo})`,
  );
