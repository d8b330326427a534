import { COUNTRY_CODES, type CountryCode, ROLES } from '../../src/core/caller.ts';
import { maySee, maySeeZone } from '../support/audience.oracle.ts';
import { crossingOf } from '../support/builders.reference.ts';
import { ANYBODY, type NamedCaller } from '../support/callers.ts';
import { AREA, CENTRE, COUNTED, RED_FUNCTION } from '../support/label.world.ts';
import { alertReads } from './alert.rows.ts';
import { capReads } from './cap.rows.ts';
import { consentReads } from './consent.rows.ts';
import { coordinationReads } from './coordination.rows.ts';
import { correctionReads } from './correction.rows.ts';
import { feedReads } from './feed.rows.ts';
import { impactReads } from './impact.rows.ts';
import { layerReads } from './layer.rows.ts';
import { procedureReads } from './procedure.rows.ts';
import {
  type May,
  mayCount,
  maySeeAgreed,
  maySeeStrict,
  type Named,
  NOWHERE,
  questionsAbout,
} from './questions.ts';
import { releaseReads } from './release.rows.ts';
import type { MatrixWorld, Reading, ReadRow } from './row.ts';
import { shiftReads } from './shift.rows.ts';
import { webhookReads } from './webhook.rows.ts';
import { zoneReads } from './zone.rows.ts';

interface Mandated {
  mandate: string;
}

const ALL_FUNCTIONS = 'zone_access,migration_referral';
const bbox = [CENTRE.lon - 0.1, CENTRE.lat - 0.1, CENTRE.lon + 0.1, CENTRE.lat + 0.1].join();
const wkt = `POLYGON((${AREA.coordinates[0]!.map((position) => position.join(' ')).join()}))`;
const place = `lon=${CENTRE.lon}&lat=${CENTRE.lat}`;
const segment = crossingOf('bouchebka').properties.segment as string;

const DAY_MS = 86_400_000;
const dayFrom = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();
const LAST_DAYS = `${dayFrom(-3)}/${dayFrom(1)}`;

const mayHold: May = (caller, thing) => caller.country === thing.owner && maySee(caller, thing);

/**
 * Each operation that reads, and what a caller is told by it. The oracle is the Traffic Light Protocol as the design has
 * it (audience.oracle.ts); it knows nothing of bits, views and statements.
 */
export function readRows({ things, keys, start }: MatrixWorld): Record<string, ReadRow> {
  const { ids, known, ours, each, item, listed, list } = questionsAbout(things);
  const incidentsOf = ids('incident', maySee);
  const inForceOf = ids('zone', maySeeAgreed);
  const mandatesOf = ids('mandate', maySeeZone);
  const mandatesInForceOf = ids('mandate', maySeeAgreed);
  const ofList = () => ({
    tells: listed,
    told: (caller: NamedCaller) => ({ ids: incidentsOf(caller), isCounted: true }),
  });
  const mandatesIn = ({ responsible }: { responsible: Mandated[] }) =>
    known(responsible.map(({ mandate }) => mandate));

  /** Coordinators ask what another country sees of what is theirs. */
  const asSeenBy = (other: CountryCode): Reading => ({
    ...list(`/incidents?as=${other}&limit=1000`, () => []),
    sees: ({ country, roles }) => {
      if (!roles.includes('coordinator') || country === other) return undefined;
      const seen: May = (_, thing) =>
        thing.owner === country && maySee({ country: other, agency: 'another', roles: [] }, thing);
      return { ids: ids('incident', seen)(ANYBODY), isCounted: true };
    },
    hidden: ({ country, roles }) => {
      if (!country) return 401;
      return roles.includes('coordinator') ? 400 : 403;
    },
  });

  return {
    ...zoneReads({ things, keys, start }),
    ...consentReads({ things, keys, start }),
    ...procedureReads({ things, keys, start }),
    ...impactReads({ things, keys, start }),
    ...coordinationReads({ things, keys, start }),
    ...shiftReads({ things, keys, start }),
    ...feedReads({ things, keys, start }),
    ...alertReads({ things, keys, start }),
    ...webhookReads({ things, keys, start }),
    ...capReads({ things, keys, start }),
    ...releaseReads({ things, keys, start }),
    ...correctionReads({ things, keys, start }),
    ...layerReads({ things, keys, start }),
    listBorders: { open: ['/borders'] },
    getBorder: { open: ['/borders/DZA-TUN'] },
    getBorderPoint: { open: ['/borders/DZA-TUN/points?km=412'] },
    listSegments: { open: ['/segments?limit=5', `/segments?bbox=${bbox}`] },
    getSegment: { open: [`/segments/${segment}`] },
    listCrossings: { open: ['/crossings?at=2026-11-01'] },
    getCrossing: { open: ['/crossings/bouchebka?at=2026-11-01'] },
    listIndicators: {
      readings: [
        {
          ...list('/indicators?crossing=bouchebka', ids('indicator', mayCount)),
          sees: (caller) =>
            mayCount(caller, things[0]!)
              ? { ids: ids('indicator', mayCount)(caller), isCounted: true }
              : undefined,
          hidden: () => 401,
        },
      ],
    },
    getIndicator: {
      readings: item(
        (id) => `/indicators/${id}`,
        'indicator',
        mayCount,
        () => ({ tells: ({ properties }) => properties.passengers, told: () => COUNTED }),
        { hidden: ({ country }) => (country ? 404 : 401) },
      ),
    },
    getCrossingAvailability: { open: ['/crossings/bouchebka/availability?datetime=2026-10-01/2026-10-31'] },
    listCrossingStatus: { open: ['/crossings/bouchebka/status'] },

    listNearestCrossings: {
      readings: [
        {
          path: `/crossings/nearest?${place}&limit=1`,
          tells: ({ features }) => mandatesIn(features[0].properties),
          sees: mandatesInForceOf,
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
          sees: (caller) => ({ zones: inForceOf(caller), mandates: mandatesInForceOf(caller) }),
        },
      ],
    },
    // the same for everybody
    getWorld: { readings: [{ path: '/world', tells: ({ id }) => id, sees: () => 'actual' }] },
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
          sees: (caller) => ({ zones: inForceOf(caller), mandates: mandatesInForceOf(caller) }),
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

    listIncidents: {
      readings: [
        list('/incidents?limit=1000', incidentsOf),
        list(`/incidents?bbox=${bbox}`, incidentsOf),
        list('/incidents?q=quartz&updatedSince=2026-01-01T00:00:00Z', incidentsOf),
        list(`/incidents?within=${encodeURIComponent(wkt)}&nature=actual`, incidentsOf),
        list(
          `/incidents?owner=${things[0]!.owner}&agency=${things[0]!.agency}&segment=${segment}`,
          incidentsOf,
        ),
        ...each((thing) =>
          list(`/incidents?source=${thing.word}`, (caller) =>
            maySee(caller, thing) ? [thing.incident] : [],
          ),
        ),
        ...COUNTRY_CODES.map((other) => asSeenBy(other)),
        ...item((id) => `/incidents?within=${id}`, 'zone', maySeeZone, ofList, { hidden: 400 }),
      ],
    },
    countIncidents: {
      readings: [
        {
          path: `/incidents/counts?datetime=${LAST_DAYS}&interval=PT6H&bbox=${bbox}`,
          tells: ({ total }) => total,
          sees: (caller) => incidentsOf(caller).length,
        },
      ],
    },
    getIncident: {
      readings: item(
        (id) => `/incidents/${id}`,
        'incident',
        maySee,
        ({ word }) => ({
          tells: ({ properties }) => ({ text: properties.placeText, zones: known(properties.zones) }),
          told: (caller) => ({ text: word, zones: inForceOf(caller) }),
        }),
      ),
    },
    listReports: {
      readings: item(
        (id) => `/incidents/${id}/reports`,
        'incident',
        maySee,
        ({ word, owner }) => ({
          tells: ({ reports }) => reports.map(({ text }: { text: string }) => text),
          told: (caller) => [word, ...(caller.country === owner ? [`${word}-strict`] : [])],
        }),
      ),
    },
    getReport: {
      readings: (
        [
          ['report', '', maySee],
          ['strictReport', '-strict', maySeeStrict],
        ] as const
      ).flatMap(([report, end, may]) =>
        each((thing) => ({
          path: `/incidents/${thing.incident}/reports/${thing[report]}`,
          missing: `/incidents/${NOWHERE.incident}/reports/${NOWHERE.incident}`,
          tells: ({ text }) => text,
          sees: (caller) => (may(caller, thing) ? `${thing.word}${end}` : undefined),
        })),
      ),
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

    getMe: {
      roles: ROLES,
      readings: [
        {
          path: '/me',
          tells: ({ agency, country, roles }) => ({ agency, country, roles }),
          sees: ({ agency, country, roles }) => ({ agency, country, roles }),
        },
      ],
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
        missing: `/keys/${NOWHERE.incident}`,
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
          // so far only the one country has done something; a joint zone is data of its other participant, too, and a notice
          // and a correction of the line that of the other country at the border
          sees: ({ country }) =>
            things.flatMap(({ owner, participants, agreedBy }) => {
              if (country === owner)
                return [
                  'incident',
                  'notice',
                  'zone',
                  'proposal',
                  'joint',
                  'draft',
                  'mandate',
                  'subscription',
                  'webhook',
                  'correction',
                  'offer',
                  'indicator',
                ];
              return [
                ...(country === 'TUN' ? ['notice', 'correction'] : []),
                ...(agreedBy.includes(country!) ? ['zone'] : []),
                ...(participants.includes(country!) ? ['proposal', 'joint'] : []),
              ];
            }).length,
        },
      ],
    },
  };
}
