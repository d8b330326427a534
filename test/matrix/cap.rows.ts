import { ROLES } from '../../src/core/caller.ts';
import { maySee } from '../support/audience.oracle.ts';
import { mayHear, questionsAbout } from './questions.ts';
import type { MatrixWorld, ReadRow } from './row.ts';

interface Entry {
  id: string;
}

/** Messages show only rows that other operations show. */
export function capReads({ things }: MatrixWorld): Record<string, ReadRow> {
  const { ids, item, known } = questionsAbout(things);
  const entries = ({ feed }: { feed: { entry?: Entry[] } }) =>
    known((feed.entry ?? []).map(({ id }) => id.replace('urn:uuid:', '')));
  return {
    listIncidentsAtom: {
      readings: [{ path: '/incidents.atom', tells: entries, sees: ids('incident', maySee) }],
    },
    getIncidentCap: {
      readings: item(
        (id) => `/incidents/${id}.cap`,
        'incident',
        maySee,
        ({ word }) => ({ tells: ({ alert }) => alert.info[0].description, told: () => word }),
      ),
    },
    listAlertsAtom: {
      roles: ROLES,
      readings: [{ path: '/alerts.atom', tells: entries, sees: ids('alert', mayHear) }],
    },
    getAlertCap: {
      roles: ROLES,
      readings: item(
        (id) => `/alerts/${id}.cap`,
        'alert',
        mayHear,
        ({ incident }) => ({ tells: ({ alert }) => alert.incidents, told: () => incident }),
      ),
    },
  };
}
