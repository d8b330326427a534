import { v7 as uuidv7 } from 'uuid';
import { maySee, maySeeZone } from '../support/audience.oracle.ts';
import { crossingOf } from '../support/builders.reference.ts';
import { aZone } from '../support/builders.ts';
import type { NamedCaller } from '../support/callers.ts';
import { AREA, CENTRE, RED_FUNCTION, type Thing } from '../support/label.world.ts';
import type { MatrixWorld, Reading, ReadRow } from './row.ts';

type May = (caller: NamedCaller, thing: Thing) => boolean;
interface Named {
  id: string;
}
interface Mandated {
  mandate: string;
}

const NOWHERE = { uuid: uuidv7(), zone: 'zone-quartz-nowhere', mandate: 'm-00000000' };
const ALL_FUNCTIONS = 'zone_access,migration_referral';
const bbox = [CENTRE.lon - 0.1, CENTRE.lat - 0.1, CENTRE.lon + 0.1, CENTRE.lat + 0.1].join();
const wkt = `POLYGON((${AREA.coordinates[0]!.map((position) => position.join(' ')).join()}))`;
const place = `lon=${CENTRE.lon}&lat=${CENTRE.lat}`;
const segment = crossingOf('bouchebka').properties.segment as string;

const mayHold: May = (caller, thing) => caller.country === thing.owner && maySee(caller, thing);

/**
 * Each operation that reads, and what a caller is told by it. The oracle is the Traffic Light Protocol as the design has
 * it (audience.oracle.ts); it knows nothing of bits, views and statements.
 */
export function readRows({ things, keys }: MatrixWorld): Record<string, ReadRow> {
  const ids = (of: 'incident' | 'zone' | 'mandate', may: May) => (caller: NamedCaller) =>
    things
      .filter((thing) => may(caller, thing))
      .map((thing) => thing[of])
      .sort();
  const incidentsOf = ids('incident', maySee);
  const zonesOf = ids('zone', maySeeZone);
  const mandatesOf = ids('mandate', maySeeZone);
  const ours = new Set(things.flatMap(({ incident, zone, mandate }) => [incident, zone, mandate]));
  const known = (list: string[]) => list.filter((id) => ours.has(id)).sort();

  /** One question for each thing. */
  const each = (ask: (thing: Thing) => Reading): Reading[] => things.map(ask);
  const item = (
    pathOf: (id: string) => string,
    of: 'incident' | 'zone' | 'mandate',
    may: May,
    rest: (thing: Thing) => Pick<Reading, 'tells'> & { told: (caller: NamedCaller) => unknown },
    change: Partial<Reading> = {},
  ): Reading[] =>
    each((thing) => {
      const { told, tells } = rest(thing);
      const missing = pathOf(of === 'incident' ? NOWHERE.uuid : NOWHERE[of]);
      const sees = (caller: NamedCaller) => (may(caller, thing) ? told(caller) : undefined);
      return { path: pathOf(thing[of]), missing, tells, sees, ...change };
    });
  /** Ids and the count beside them. */
  const listed = ({ features, numberMatched }: { features: Named[]; numberMatched?: number }) => ({
    ids: known(features.map(({ id }) => id)),
    // the lists of zones hold those of the reference data, too
    isCounted: numberMatched === features.length,
  });
  const list = (path: string, of: (caller: NamedCaller) => string[]): Reading => ({
    path,
    tells: listed,
    sees: (caller) => ({ ids: of(caller), isCounted: true }),
  });
  const ofList = () => ({
    tells: listed,
    told: (caller: NamedCaller) => ({ ids: incidentsOf(caller), isCounted: true }),
  });
  const mandatesIn = ({ responsible }: { responsible: Mandated[] }) =>
    known(responsible.map(({ mandate }) => mandate));

  return {
    listBorders: { open: ['/borders'] },
    getBorder: { open: ['/borders/DZA-TUN'] },
    listSegments: { open: ['/segments?limit=5', `/segments?bbox=${bbox}`] },
    getSegment: { open: [`/segments/${segment}`] },
    listCrossings: { open: ['/crossings?at=2026-11-01'] },
    getCrossing: { open: ['/crossings/bouchebka?at=2026-11-01'] },
    listCrossingStatus: { open: ['/crossings/bouchebka/status'] },

    listNearestCrossings: {
      readings: [
        {
          path: `/crossings/nearest?${place}&limit=1`,
          tells: ({ features }) => mandatesIn(features[0].properties),
          sees: mandatesOf,
        },
      ],
    },
    locate: {
      readings: [
        {
          path: `/locate?${place}`,
          tells: (body) => ({
            zones: known(body.zones.map(({ id }: Named) => id)),
            mandates: mandatesIn(body),
          }),
          sees: (caller) => ({ zones: zonesOf(caller), mandates: mandatesOf(caller) }),
        },
      ],
    },
    listAgencies: {
      readings: [
        {
          path: `/agencies?country=${things[0]!.owner}&function=${RED_FUNCTION}`,
          tells: ({ features }) => features.map(({ id }: Named) => id),
          sees: (caller) =>
            things
              .filter(({ tlp }) => tlp === 'RED')
              .flatMap((thing) => (maySeeZone(caller, thing) ? thing.agency : [])),
        },
      ],
    },
    getAgency: {
      readings: [
        {
          path: `/agencies/${things[0]!.agency}`,
          tells: ({ properties }) => known(properties.mandates.map(({ id }: Named) => id)),
          sees: mandatesOf,
        },
      ],
    },
    listResponsibleAgencies: {
      readings: [
        ...item(
          (id) => `/agencies/responsible?zone=${id}`,
          'zone',
          maySeeZone,
          ({ mandate }) => ({
            tells: mandatesIn,
            told: () => [mandate],
          }),
        ),
        {
          path: `/agencies/responsible?crossing=bouchebka`,
          tells: (body) => ({ zones: known(body.place.zones), mandates: mandatesIn(body) }),
          sees: (caller) => ({ zones: zonesOf(caller), mandates: mandatesOf(caller) }),
        },
      ],
    },
    listMandates: {
      readings: [`function=${ALL_FUNCTIONS}&limit=1000`, 'scopeType=zone&limit=1000'].map((query) => ({
        path: `/mandates?${query}`,
        tells: ({ mandates }) => known(mandates.map(({ id }: Named) => id)),
        sees: mandatesOf,
      })),
    },
    getMandate: {
      readings: item(
        (id) => `/mandates/${id}`,
        'mandate',
        maySeeZone,
        ({ zone }) => ({
          tells: ({ scope }) => scope.zone,
          told: () => zone,
        }),
      ),
    },

    listZones: {
      readings: [
        list('/zones?limit=1000', zonesOf),
        list(`/zones?bbox=${bbox}&kind=exercise&limit=1000`, zonesOf),
        list(`/zones?country=${things[0]!.owner}&state=active&limit=1000`, zonesOf),
      ],
    },
    getZone: {
      readings: item(
        (id) => `/zones/${id}`,
        'zone',
        maySeeZone,
        ({ word }) => ({
          tells: ({ properties }) => properties.purpose,
          told: () => word,
        }),
      ),
    },
    listZoneRevisions: {
      readings: item(
        (id) => `/zones/${id}/revisions`,
        'zone',
        maySeeZone,
        () => ({
          tells: ({ features }) => features.length,
          told: () => 1,
        }),
      ),
    },
    getZoneRevision: {
      readings: item(
        (id) => `/zones/${id}/revisions/1`,
        'zone',
        maySeeZone,
        ({ word }) => ({
          tells: ({ properties }) => properties.purpose,
          told: () => word,
        }),
      ),
    },
    listZoneIncidents: {
      readings: [
        ...item((id) => `/zones/${id}/incidents`, 'zone', maySeeZone, ofList),
        ...item((id) => `/zones/${id}/incidents?match=possible`, 'zone', maySeeZone, ofList),
      ],
    },
    previewZone: {
      roles: ['operator'],
      readings: [
        {
          path: '/zones/preview',
          method: 'post',
          body: ({ country }) => aZone({ geometry: AREA, participants: [country], tlp: 'CLEAR' }),
          tells: ({ properties }) => ({
            incidents: properties.incidentsLast90Days,
            zones: known(properties.overlaps.map(({ zone }: { zone: string }) => zone)),
          }),
          sees: (caller) => ({ incidents: incidentsOf(caller).length, zones: zonesOf(caller) }),
        },
      ],
    },

    listIncidents: {
      readings: [
        list('/incidents?limit=1000', incidentsOf),
        list(`/incidents?bbox=${bbox}`, incidentsOf),
        list(`/incidents?within=${encodeURIComponent(wkt)}&nature=exercise`, incidentsOf),
        list(
          `/incidents?owner=${things[0]!.owner}&agency=${things[0]!.agency}&segment=${segment}`,
          incidentsOf,
        ),
        ...each((thing) =>
          list(`/incidents?source=${thing.word}`, (caller) =>
            maySee(caller, thing) ? [thing.incident] : [],
          ),
        ),
        ...item((id) => `/incidents?within=${id}`, 'zone', maySeeZone, ofList, { hidden: 400 }),
      ],
    },
    getIncident: {
      readings: item(
        (id) => `/incidents/${id}`,
        'incident',
        maySee,
        ({ word }) => ({
          tells: ({ properties }) => ({ text: properties.placeText, zones: known(properties.zones) }),
          told: (caller) => ({ text: word, zones: zonesOf(caller) }),
        }),
      ),
    },
    listReports: {
      readings: item(
        (id) => `/incidents/${id}/reports`,
        'incident',
        maySee,
        ({ word }) => ({
          tells: ({ reports }) => reports.map(({ text }: { text: string }) => text),
          told: () => [word],
        }),
      ),
    },
    getReport: {
      readings: each((thing) => ({
        path: `/incidents/${thing.incident}/reports/${thing.report}`,
        missing: `/incidents/${NOWHERE.uuid}/reports/${NOWHERE.uuid}`,
        tells: ({ text }) => text,
        sees: (caller) => (maySee(caller, thing) ? thing.word : undefined),
      })),
    },
    listSegmentIncidents: {
      readings: [list(`/segments/${segment}/incidents?withinMetres=50000`, incidentsOf)],
    },
    getLegalHold: {
      roles: ['reader', 'reporter', 'operator', 'coordinator', 'auditor', 'admin'],
      readings: item(
        (id) => `/incidents/${id}/legal-hold`,
        'incident',
        mayHold,
        ({ word }) => ({
          tells: ({ reason }) => reason,
          told: () => word,
        }),
      ),
    },

    listKeys: {
      roles: ['admin'],
      readings: [
        {
          path: '/keys?limit=1000',
          tells: (body) => [...new Set(body.keys.map(({ country }: { country: string }) => country))],
          sees: ({ country }) => [country],
        },
      ],
    },
    getKey: {
      roles: ['admin'],
      readings: keys.map(({ id, country }) => ({
        path: `/keys/${id}`,
        missing: `/keys/${NOWHERE.uuid}`,
        tells: (body) => body.country,
        sees: (caller) => (caller.country === country ? country : undefined),
      })),
    },
    listAuditEntries: {
      roles: ['auditor'],
      readings: [
        {
          path: '/audit?limit=1000',
          tells: ({ entries }) =>
            new Set(
              entries.map(({ target }: { target: string }) => target).filter((id: string) => ours.has(id)),
            ).size,
          // so far only the one country has done something; a joint zone is data of its other participant, too
          sees: ({ country }) =>
            things.flatMap(({ owner, participants }) => {
              if (country === owner) return ['incident', 'zone', 'mandate'];
              return participants.includes(country!) ? ['zone'] : [];
            }).length,
        },
      ],
    },
  };
}
