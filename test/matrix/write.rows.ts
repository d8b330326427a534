import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { maySee, maySeeZone } from '../support/audience.oracle.ts';
import { anAgency } from '../support/builders.agencies.ts';
import { anIncident } from '../support/builders.ts';
import type { NamedCaller } from '../support/callers.ts';
import { CENTRE, type Thing } from '../support/label.world.ts';
import { alertWrites } from './alert.rows.ts';
import { consentWrites } from './consent.rows.ts';
import { coordinationWrites } from './coordination.rows.ts';
import { correctionWrites } from './correction.rows.ts';
import { editWrites } from './edit.rows.ts';
import { impactWrites } from './impact.rows.ts';
import { procedureWrites } from './procedure.rows.ts';
import { byOwner, NOWHERE } from './questions.ts';
import { releaseWrites } from './release.rows.ts';
import type { MatrixWorld, WriteRow, Writing } from './row.ts';
import { shiftWrites } from './shift.rows.ts';
import { webhookWrites } from './webhook.rows.ts';
import { zoneWrites } from './zone.writes.ts';

/** Of the reference data, about the Algerian side of Bouchebka. */
const ALGERIAN_STATEMENT = createHash('md5')
  .update('bouchebkaDZA')
  .digest('hex')
  .replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');

const AT: [number, number] = [CENTRE.lon, CENTRE.lat];
const always = (status: number) => () => status;

const ofCountry = (country: string, own: number, foreign: number) => (caller: NamedCaller) =>
  caller.country === country ? own : foreign;

/** Each operation that writes, and what becomes of it for whom. Whatever is written here is rolled back. */
export function writeRows({ things, keys, start }: MatrixWorld): Record<string, WriteRow> {
  const { owner, agency } = things[0]!;
  const each = (ask: (thing: Thing) => Writing): Writing[] => things.map(ask);

  return {
    createIncident: {
      roles: ['reporter', 'operator'],
      writings: [
        { path: '/incidents', method: 'post', body: () => anIncident({ at: AT }), status: always(201) },
        // a taken id is the only fact that is revealed about hidden rows
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
    // test/incidents/doubles.test.ts has the pairs of all labels
    decideSameAs: {
      roles: ['reporter', 'operator'],
      writings: each((thing) => ({
        path: `/incidents/${thing.incident}/same-as/${thing.otherSide ?? NOWHERE.incident}`,
        missing: `/incidents/${NOWHERE.incident}/same-as/${thing.otherSide ?? NOWHERE.incident}`,
        method: 'put',
        body: () => ({ decision: 'confirm' }),
        status: (caller) => {
          if (!maySee(caller, thing)) return 404;
          return caller.country === 'LBY' ? 403 : 200;
        },
      })),
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

    ...consentWrites({ things, keys, start }),
    ...correctionWrites({ things, keys, start }),
    ...procedureWrites({ things, keys, start }),
    ...impactWrites({ things, keys, start }),
    ...coordinationWrites({ things, keys, start }),
    ...shiftWrites({ things, keys, start }),
    ...releaseWrites({ things, keys, start }),
    ...zoneWrites({ things, keys, start }),
    ...alertWrites({ things, keys, start }),
    ...webhookWrites({ things, keys, start }),
    ...editWrites({ things, keys, start }),
    addCrossingStatus: {
      roles: ['operator'],
      writings: [
        {
          path: '/crossings/bouchebka/status',
          method: 'post',
          body: () => ({ state: 'open' }),
          status: ({ country }) => (country === 'LBY' ? 403 : 201),
        },
      ],
    },

    putIndicator: {
      roles: ['reporter', 'operator'],
      writings: [
        {
          path: '/crossings/bouchebka/indicators',
          method: 'post',
          body: () => ({ day: '2026-10-01', passengers: 3, method: 'manual' }),
          status: ({ country }) => (country === 'LBY' ? 403 : 201),
        },
      ],
    },
    importIndicators: {
      roles: ['reporter', 'operator'],
      writings: [
        {
          path: '/indicators/import',
          method: 'post',
          mediaType: 'text/csv',
          body: () => 'crossing,day,method,passengers\nbouchebka,2026-10-01,manual,3\n',
          status: always(200),
        },
      ],
    },
    removeIndicator: {
      roles: ['operator'],
      writings: things.slice(0, 1).map(({ indicator }) => ({
        path: `/indicators/${indicator}`,
        method: 'delete',
        status: ofCountry(owner, 204, 403),
      })),
    },
    withdrawCrossingStatus: {
      roles: ['operator'],
      writings: [
        {
          path: `/crossings/bouchebka/status/${ALGERIAN_STATEMENT}/withdrawal`,
          method: 'post',
          body: () => ({ reason: 'Meant for another crossing' }),
          status: ofCountry('DZA', 200, 403),
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
