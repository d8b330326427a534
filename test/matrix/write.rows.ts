import { v7 as uuidv7 } from 'uuid';
import { mayDraft, maySee, maySeeZone } from '../support/audience.oracle.ts';
import { anAgency } from '../support/builders.agencies.ts';
import { anIncident, aZone } from '../support/builders.ts';
import type { NamedCaller } from '../support/callers.ts';
import { AREA, CENTRE, type Thing } from '../support/label.world.ts';
import { mayConsent, maySeeAgreed, NOWHERE } from './questions.ts';
import { mayRelabel, releaseWrites } from './release.rows.ts';
import type { MatrixWorld, WriteRow, Writing } from './row.ts';

const AT: [number, number] = [CENTRE.lon, CENTRE.lat];
const always = (status: number) => () => status;

/** 404 for what the caller does not see, else what becomes of it in the own country, or in a foreign one. */
const byOwner =
  (may: (caller: NamedCaller, thing: Thing) => boolean, thing: Thing, own: number, foreign = 403) =>
  (caller: NamedCaller): number => {
    if (!may(caller, thing)) return 404;
    return caller.country === thing.owner ? own : foreign;
  };

/** Zones in force, proposed and drafted, and who sees them. */
const ZONES = [
  ['zone', maySeeZone],
  ['proposal', mayConsent],
  ['draft', mayDraft],
] as const;
const changing = (path: string, missing: string) => ({ path, missing, method: 'patch' as const });
const deciding = (
  of: 'zone' | 'proposal' | 'draft',
  thing: Thing,
  revision: number,
  status: (caller: NamedCaller) => number,
): Writing => ({
  path: `/zones/${thing[of]}/consents`,
  missing: `/zones/${NOWHERE[of]}/consents`,
  method: 'post',
  body: () => ({ decision: 'approve', revision }),
  status,
});

const ofCountry = (country: string, own: number, foreign: number) => (caller: NamedCaller) =>
  caller.country === country ? own : foreign;

/** Each operation that writes, and what becomes of it for whom. Whatever is written here is rolled back. */
export function writeRows({ things, keys }: MatrixWorld): Record<string, WriteRow> {
  const { owner, agency } = things[0]!;
  const each = (ask: (thing: Thing) => Writing): Writing[] => things.map(ask);

  return {
    createIncident: {
      roles: ['reporter', 'operator'],
      writings: [
        { path: '/incidents', method: 'post', body: () => anIncident({ at: AT }), status: always(201) },
        // that the id is taken is the one thing that is told of what is hidden
        ...each(({ incident }) => ({
          path: '/incidents',
          method: 'post',
          body: () => anIncident({ at: AT, id: incident }),
          status: always(409),
        })),
      ],
    },
    putIncident: {
      roles: ['reporter', 'operator'],
      writings: [
        { path: `/incidents/${uuidv7()}`, method: 'put', body: () => anIncident(), status: always(201) },
        ...each(({ incident }) => ({
          path: `/incidents/${incident}`,
          method: 'put',
          body: () => anIncident({ at: AT }),
          status: always(409),
        })),
      ],
    },
    addReport: {
      roles: ['reporter', 'operator'],
      writings: [
        ...each((thing) => ({
          path: `/incidents/${thing.incident}/reports`,
          missing: `/incidents/${NOWHERE.incident}/reports`,
          method: 'post',
          body: () => ({ text: 'Seen again.' }),
          status: byOwner(maySee, thing, 201, 201),
        })),
        ...each((thing) => ({
          path: `/incidents/${thing.incident}/reports`,
          missing: `/incidents/${NOWHERE.incident}/reports`,
          method: 'post',
          body: () => ({ severity: 'extreme' }),
          status: byOwner(maySee, thing, 201),
        })),
      ],
    },
    importIncidents: {
      roles: ['reporter', 'operator'],
      writings: [
        {
          path: '/incidents/import',
          method: 'post',
          mediaType: 'application/geo+json',
          body: () => ({ type: 'FeatureCollection', features: [anIncident(), anIncident({ at: AT })] }),
          status: always(200),
        },
      ],
    },
    placeLegalHold: {
      roles: ['coordinator', 'admin'],
      writings: each((thing) => ({
        path: `/incidents/${thing.incident}/legal-hold`,
        missing: `/incidents/${NOWHERE.incident}/legal-hold`,
        method: 'put',
        body: () => ({ reason: 'Court order' }),
        status: byOwner(maySee, thing, 200),
      })),
    },
    liftLegalHold: {
      roles: ['coordinator', 'admin'],
      writings: each((thing) => ({
        path: `/incidents/${thing.incident}/legal-hold`,
        missing: `/incidents/${NOWHERE.incident}/legal-hold`,
        method: 'delete',
        status: byOwner(maySee, thing, 204),
      })),
    },

    ...releaseWrites({ things, keys }),
    createZone: {
      roles: ['operator'],
      writings: [
        {
          path: '/zones',
          method: 'post',
          body: ({ country = owner }) => aZone({ geometry: AREA, participants: [country] }),
          status: always(201),
        },
      ],
    },
    changeZone: {
      roles: ['operator'],
      writings: ZONES.flatMap(([of, may]) => [
        ...each((thing) => ({
          ...changing(`/zones/${thing[of]}`, `/zones/${NOWHERE[of]}`),
          body: () => ({ properties: { purpose: 'Another purpose' } }),
          status: byOwner(may, thing, 200),
        })),
        ...(['GREEN', 'RED'] as const).flatMap((tlp) =>
          each((thing) => ({
            ...changing(`/zones/${thing[of]}`, `/zones/${NOWHERE[of]}`),
            body: () => ({ properties: { tlp, releasableTo: [] } }),
            status: (caller) => {
              const isHidden = tlp === 'RED' && thing.participants.length > 1;
              const own = mayRelabel(caller, thing, thing, { tlp, releasableTo: [] }) ? 200 : 403;
              return byOwner(may, thing, isHidden ? 422 : own)(caller);
            },
          })),
        ),
      ]),
    },
    withdrawZone: {
      roles: ['operator'],
      writings: ZONES.flatMap(([of, may]) =>
        each((thing) => ({
          path: `/zones/${thing[of]}`,
          missing: `/zones/${NOWHERE[of]}`,
          method: 'delete',
          status: byOwner(may, thing, 204),
        })),
      ),
    },
    proposeZone: {
      roles: ['operator'],
      writings: ZONES.flatMap(([of, may]) =>
        each((thing) => ({
          path: `/zones/${thing[of]}/proposal`,
          missing: `/zones/${NOWHERE[of]}/proposal`,
          method: 'post',
          status: byOwner(may, thing, of === 'draft' ? 200 : 409),
        })),
      ),
    },
    addZoneConsent: {
      roles: ['coordinator'],
      writings: [
        ...each((thing) =>
          deciding('zone', thing, 1, (caller) => {
            if (!maySeeZone(caller, thing)) return 404;
            // the revision in force is none of the caller's
            if (!maySeeAgreed(caller, thing)) return 409;
            return thing.agreedBy.includes(caller.country!) ? 200 : 403;
          }),
        ),
        ...each((thing) =>
          deciding('zone', thing, 2, (caller) => {
            if (!maySeeZone(caller, thing)) return 404;
            return mayConsent(caller, thing) ? 201 : 409;
          }),
        ),
        ...each((thing) =>
          deciding('proposal', thing, 1, (caller) => (mayConsent(caller, thing) ? 201 : 404)),
        ),
        // drafts are decided about by nobody, and by their own participants are not yet
        ...each((thing) => deciding('draft', thing, 1, (caller) => (mayDraft(caller, thing) ? 409 : 404))),
      ],
    },
    addCrossingStatus: {
      roles: ['operator'],
      writings: [
        {
          path: '/crossings/bouchebka/status',
          method: 'post',
          body: () => ({ state: 'open', direction: 'both' }),
          status: ({ country }) => (country === 'LBY' ? 403 : 201),
        },
      ],
    },

    putAgency: {
      roles: ['admin'],
      writings: [
        {
          path: '/agencies/exercise-desk-of-the-matrix',
          method: 'put',
          body: () => anAgency({ country: owner }),
          status: ofCountry(owner, 201, 403),
        },
        {
          path: `/agencies/${agency}`,
          method: 'put',
          body: ({ country }) => anAgency({ country }),
          status: ofCountry(owner, 200, 403),
        },
      ],
    },
    createMandate: {
      roles: ['admin'],
      writings: [
        {
          path: '/mandates',
          method: 'post',
          body: () => aMandateOf(agency, { type: 'country-border' }),
          status: ofCountry(owner, 201, 403),
        },
        ...each((thing) => ({
          path: '/mandates',
          method: 'post',
          body: () => aMandateOf(agency, { type: 'zone', zone: thing.zone }),
          // who may not speak for the agency is not told whether there is such a zone
          status: ofCountry(owner, maySeeZone({ country: owner, agency, roles: [] }, thing) ? 201 : 422, 403),
        })),
      ],
    },
    changeMandate: {
      roles: ['admin'],
      writings: each((thing) => ({
        path: `/mandates/${thing.mandate}`,
        missing: `/mandates/${NOWHERE.mandate}`,
        method: 'patch',
        body: () => ({ rank: 'supporting' }),
        status: byOwner(maySeeZone, thing, 200),
      })),
    },

    createKey: {
      roles: ['admin'],
      writings: [
        {
          path: '/keys',
          method: 'post',
          body: () => ({ agency, roles: ['reader'] }),
          status: ofCountry(owner, 201, 422),
        },
      ],
    },
    rotateKey: {
      roles: ['admin'],
      writings: keys.map(({ id, country }) => ({
        path: `/keys/${id}/rotation`,
        missing: `/keys/${NOWHERE.incident}/rotation`,
        method: 'post',
        body: () => ({ overlapSeconds: 60 }),
        status: ofCountry(country, 201, 404),
      })),
    },
    revokeKey: {
      roles: ['admin'],
      writings: keys.map(({ id, country }) => ({
        path: `/keys/${id}`,
        missing: `/keys/${NOWHERE.incident}`,
        method: 'delete',
        status: ofCountry(country, 204, 404),
      })),
    },
  };
}

const aMandateOf = (agency: string, scope: object) => ({
  agency,
  function: 'health_control',
  scope,
  source: 'exercise plan of 2026',
});
