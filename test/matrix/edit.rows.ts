import { v7 as uuidv7 } from 'uuid';
import { mayDraft, maySee, maySeeZone } from '../support/audience.oracle.ts';
import { aFlatIncident, aFlatZone } from '../support/builders.flat.ts';
import { AREA, CENTRE, type Thing } from '../support/label.world.ts';
import { byOwner, mayConsent, NOWHERE } from './questions.ts';
import type { MatrixWorld, WriteRow, Writing } from './row.ts';

const AT: [number, number] = [CENTRE.lon, CENTRE.lat];
const REPORTERS = ['reporter', 'operator'] as const;
const OPERATORS = ['operator'] as const;
const incidents = (id: string) => `/collections/incidents/items/${id}`;
const zones = (id: string) => `/collections/zones/items/${id}`;

/** Zones in force, proposed and drafted, and who sees them. */
const ZONES = [
  ['zone', maySeeZone],
  ['proposal', mayConsent],
  ['draft', mayDraft],
] as const;

/** Features of layers are written by whoever may write the noun itself. */
export function editWrites({ things }: MatrixWorld): Record<string, WriteRow> {
  const { owner } = things[0]!;
  const each = (ask: (thing: Thing) => Writing): Writing[] => things.map(ask);
  const ofEachZone = (writing: Pick<Writing, 'method' | 'body'>): Writing[] =>
    ZONES.flatMap(([of, may]) =>
      each((thing) => ({
        ...writing,
        path: zones(thing[of]),
        missing: zones(NOWHERE[of]),
        status: byOwner(may, thing, 204),
      })),
    );

  return {
    createIncidentItem: {
      roles: REPORTERS,
      writings: [
        {
          path: '/collections/incidents/items',
          method: 'post',
          body: () => aFlatIncident({ at: AT }),
          status: () => 201,
        },
        // a taken id is the only fact that is revealed about hidden rows
        ...each(({ incident }) => ({
          path: '/collections/incidents/items',
          method: 'post',
          body: () => aFlatIncident({ at: AT, id: incident }),
          status: () => 409,
        })),
      ],
    },
    replaceIncidentItem: {
      roles: REPORTERS,
      writings: [
        { path: incidents(uuidv7()), method: 'put', body: () => aFlatIncident(), status: () => 201 },
        ...each((thing) => ({
          path: incidents(thing.incident),
          method: 'put',
          // of another kind than what was reported
          body: () => aFlatIncident({ at: AT }),
          status: (caller) => (maySee(caller, thing) ? byOwner(maySee, thing, 422)(caller) : 409),
        })),
      ],
    },
    updateIncidentItem: {
      roles: REPORTERS,
      writings: each((thing) => ({
        path: incidents(thing.incident),
        missing: incidents(NOWHERE.incident),
        method: 'patch',
        body: () => ({ properties: { severity: 'extreme' } }),
        status: byOwner(maySee, thing, 204),
      })),
    },
    removeIncidentItem: {
      roles: REPORTERS,
      writings: each((thing) => ({
        path: incidents(thing.incident),
        missing: incidents(NOWHERE.incident),
        method: 'delete',
        status: byOwner(maySee, thing, 204),
      })),
    },
    createZoneItem: {
      roles: OPERATORS,
      writings: [
        {
          path: '/collections/zones/items',
          method: 'post',
          body: ({ country = owner }) => aFlatZone({ geometry: AREA, participants: country }),
          status: () => 201,
        },
      ],
    },
    replaceZoneItem: {
      roles: OPERATORS,
      writings: ofEachZone({
        method: 'put',
        body: ({ country = owner }) => aFlatZone({ geometry: AREA, participants: country }),
      }),
    },
    updateZoneItem: {
      roles: OPERATORS,
      writings: ofEachZone({ method: 'patch', body: () => ({ properties: { purpose: 'Another purpose' } }) }),
    },
    removeZoneItem: { roles: OPERATORS, writings: ofEachZone({ method: 'delete' }) },
  };
}
