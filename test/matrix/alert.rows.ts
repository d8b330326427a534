import { ROLES } from '../../src/access/caller.ts';
import { mayHear, NOWHERE, questionsAbout } from './questions.ts';
import type { MatrixWorld, ReadRow, WriteRow } from './row.ts';

/** Alerts are for their agency alone. */
export function alertReads({ things }: MatrixWorld): Record<string, ReadRow> {
  const { ids, item, each, list } = questionsAbout(things);
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
  };
}

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
  };
}
