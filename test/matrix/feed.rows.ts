import { mayDraft, maySee, maySeeZone } from '../support/audience.oracle.ts';
import type { NamedCaller } from '../support/callers.ts';
import type { Change } from '../support/feed.ts';
import { mayConsent, mayHear, questionsAbout } from './questions.ts';
import type { MatrixWorld, Reading, ReadRow } from './row.ts';

/** The feed tells of what can be read elsewhere, and of nothing else. */
export function feedReads({ things, start }: MatrixWorld): Record<string, ReadRow> {
  const { ids, known } = questionsAbout(things);
  const incidentsOf = ids('incident', maySee);
  const alertsOf = ids('alert', mayHear);
  const zonesOf = (caller: NamedCaller) => [
    ...ids('zone', maySeeZone)(caller),
    ...ids('proposal', mayConsent)(caller),
    ...ids('draft', mayDraft)(caller),
  ];
  const feed = (query: string, sees: (caller: NamedCaller) => string[]): Reading => ({
    path: `/changes?limit=1000&after=${start}${query}`,
    tells: ({ changes }: { changes: Change[] }) => known([...new Set(changes.map(({ id }) => id))]),
    sees: (caller) => sees(caller).sort(),
  });
  return {
    listChanges: {
      readings: [
        feed('', (caller) => [...incidentsOf(caller), ...zonesOf(caller), ...alertsOf(caller)]),
        feed('&include=feature&collections=incidents', incidentsOf),
        feed('&include=feature&collections=zones', zonesOf),
        feed('&include=feature&collections=alerts', alertsOf),
      ],
    },
  };
}
