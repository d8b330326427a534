import { ROLES } from '../../src/core/caller.ts';
import { maySeeZone } from '../support/audience.oracle.ts';
import type { NamedCaller } from '../support/callers.ts';
import type { Thing } from '../support/label.world.ts';
import { mayHear, type Named, NOWHERE, questionsAbout } from './questions.ts';
import type { MatrixWorld, ReadRow, WriteRow, Writing } from './row.ts';

/** Alerts are for their agency alone. */
export function alertReads({ things }: MatrixWorld): Record<string, ReadRow> {
  const { ids, item, each, list, known } = questionsAbout(things);
  return {
    listAlerts: {
      roles: ROLES,
      readings: [
        list('/alerts?limit=1000&trigger=created', ids('alert', mayHear)),
        ...each((thing) =>
          list(`/alerts?trigger=created&incident=${thing.incident}`, (caller) =>
            mayHear(caller, thing) ? [thing.alert] : [],
          ),
        ),
      ],
    },
    getAlert: {
      roles: ROLES,
      readings: item(
        (id) => `/alerts/${id}`,
        'alert',
        mayHear,
        ({ incident }) => ({ tells: ({ properties }) => properties.incident, told: () => incident }),
      ),
    },
    listSubscriptions: {
      roles: ROLES,
      readings: [
        {
          path: '/subscriptions?limit=1000',
          tells: ({ subscriptions }) => known(subscriptions.map(({ id }: Named) => id)),
          sees: ids('subscription', mayHear),
        },
      ],
    },
    getSubscription: {
      roles: ROLES,
      readings: item(
        (id) => `/subscriptions/${id}`,
        'subscription',
        mayHear,
        ({ zone }) => ({ tells: (body) => body.zone, told: () => zone }),
      ),
    },
  };
}

const WRITERS = ['operator', 'coordinator'] as const;
const path = '/subscriptions';
const own = (thing: Thing, status: number) => ({
  path: `${path}/${thing.subscription}`,
  missing: `${path}/${NOWHERE.subscription}`,
  status: (caller: NamedCaller) => (mayHear(caller, thing) ? status : 404),
});

export function alertWrites({ things }: MatrixWorld): Record<string, WriteRow> {
  return {
    acknowledgeAlert: {
      roles: ['reporter', 'operator'],
      writings: things.map((thing) => ({
        path: `/alerts/${thing.alert}/acknowledgement`,
        missing: `/alerts/${NOWHERE.alert}/acknowledgement`,
        method: 'post',
        status: (caller) => (mayHear(caller, thing) ? 200 : 404),
      })),
    },
    acknowledgeAlerts: {
      roles: ['reporter', 'operator'],
      writings: things.flatMap((thing): Writing[] => [
        {
          path: '/alerts/acknowledgements',
          method: 'post',
          body: () => ({ alerts: [thing.alert, NOWHERE.alert] }),
          status: () => 200,
        },
        {
          path: '/alerts/acknowledgements',
          method: 'post',
          body: () => ({ upTo: thing.alert }),
          bodyOfMissing: () => ({ upTo: NOWHERE.alert }),
          status: (caller) => (mayHear(caller, thing) ? 200 : 422),
        },
      ]),
    },
    createSubscription: {
      roles: WRITERS,
      writings: [
        { path, method: 'post', body: () => ({ triggers: ['created'], kinds: ['fire'] }), status: () => 201 },
        ...things.map(
          (thing): Writing => ({
            path,
            method: 'post',
            body: () => ({ zone: thing.zone, triggers: ['enter'] }),
            bodyOfMissing: () => ({ zone: NOWHERE.zone, triggers: ['enter'] }),
            status: (caller) => (maySeeZone(caller, thing) ? 201 : 422),
          }),
        ),
      ],
    },
    changeSubscription: {
      roles: WRITERS,
      writings: things.map((thing) => ({
        ...own(thing, 200),
        method: 'patch',
        body: () => ({ enabled: false }),
      })),
    },
    removeSubscription: {
      roles: WRITERS,
      writings: things.map((thing) => ({ ...own(thing, 204), method: 'delete' })),
    },
  };
}
