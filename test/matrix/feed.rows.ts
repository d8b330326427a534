import { mayDraft, maySee, maySeeZone } from '../support/audience.oracle.ts';
import type { NamedCaller } from '../support/callers.ts';
import type { Change } from '../support/feed.ts';
import { CENTRE, maySeeCorrection, type Thing } from '../support/label.world.ts';
import type { StreamEvent } from '../support/stream.ts';
import { requestsOf } from './coordination.rows.ts';
import { secondOf } from './leaks.ts';
import { proceduresOf } from './procedure.rows.ts';
import { mayConsent, mayCount, mayHear, questionsAbout, takesPart } from './questions.ts';
import type { MatrixWorld, Reading, ReadRow } from './row.ts';

const bbox = [CENTRE.lon - 0.1, CENTRE.lat - 0.1, CENTRE.lon + 0.1, CENTRE.lat + 0.1].join();

/** The feed shows only rows that other operations show. */
export function feedReads({ things, start }: MatrixWorld): Record<string, ReadRow> {
  const { ids, known, ours } = questionsAbout(things);
  const incidentsOf = ids('incident', maySee);
  const alertsOf = ids('alert', mayHear);
  const indicatorsOf = ids('indicator', mayCount);
  const offersOf = ids('offer', maySee);
  const zonesOf = (caller: NamedCaller) => [
    ...ids('zone', maySeeZone)(caller),
    ...ids('proposal', mayConsent)(caller),
    ...ids('draft', mayDraft)(caller),
  ];
  const everything = (caller: NamedCaller) => [
    ...incidentsOf(caller),
    ...zonesOf(caller),
    ...alertsOf(caller),
    ...offersOf(caller),
    ...ids('joint', takesPart)(caller),
    ...indicatorsOf(caller),
    ...ids('correction', maySeeCorrection)(caller),
  ];
  const feed = (query: string, sees: (caller: NamedCaller) => string[]): Reading => ({
    path: `/changes?limit=1000&after=${start}${query}`,
    tells: ({ changes }: { changes: Change[] }) => known([...new Set(changes.map(({ id }) => id))]),
    sees: (caller) => sees(caller).sort(),
  });
  /** The same, told as events: all that is there stands before the first ping. */
  const stream = (query: string, sees: (caller: NamedCaller) => string[]): Reading => ({
    path: `/stream?after=${start}${query}`,
    tells: ({ events }: { events: StreamEvent[] }) =>
      known([...new Set(events.filter(({ event }) => event !== 'ping').map(({ data }) => data.id))]),
    sees: (caller) => sees(caller).sort(),
  });
  /** Coordination about the things, and how much of each kind: what it is about stands in the features. */
  const coordination = (
    collections: string,
    sees: (caller: NamedCaller, thing: Thing) => string[],
  ): Reading => ({
    path: `/changes?limit=1000&after=${start}&include=feature&collections=${collections}`,
    tells: ({ changes }: { changes: Change[] }) =>
      changes
        .map(({ id, feature }) => [id, feature?.properties] as const)
        .filter(
          ([, about]) => about && [about.incident, about.notice, about.zone].some((one) => ours.has(one!)),
        )
        .map(([id, about]) => (about!.notice ? `${about!.notice} ${about!.agency}` : id))
        .sort(),
    sees: (caller) => things.flatMap((thing) => sees(caller, thing)).sort(),
  });
  /** Assessments, or the reactions that they ask for. */
  const followed = (
    collection: string,
    assessmentOf: (change: Change) => string,
    may: (caller: NamedCaller, thing: Thing) => boolean,
  ): Reading => ({
    path: `/changes?limit=1000&after=${start}&include=feature&collections=${collection}`,
    tells: ({ changes }: { changes: Change[] }) =>
      [...new Set(changes.map(assessmentOf))].filter((id) => assessments.has(id)).sort(),
    sees: (caller) =>
      things.flatMap((thing) => (thing.assessment && may(caller, thing) ? thing.assessment : [])).sort(),
  });
  const assessments = new Set(things.map(({ assessment }) => assessment ?? ''));
  const hasKey = ({ country }: NamedCaller) => country !== undefined;
  const mayRead = (caller: NamedCaller, thing: Thing) => hasKey(caller) && maySee(caller, thing);
  return {
    streamChanges: {
      readings: [
        stream('', everything),
        stream('&include=feature&collections=incidents', incidentsOf),
        stream(`&include=feature&collections=incidents&bbox=${bbox}`, incidentsOf),
        stream(`&collections=incidents&filter=${encodeURIComponent("nature <> 'unknown'")}`, incidentsOf),
      ],
    },
    listChanges: {
      readings: [
        feed('', everything),
        feed('&include=feature&collections=incidents', incidentsOf),
        feed('&include=feature&collections=zones', zonesOf),
        feed('&include=feature&collections=offers', offersOf),
        feed('&include=feature&collections=alerts', alertsOf),
        {
          path: `/changes?limit=1000&after=${start}&include=feature&collections=shifts,shift-notes`,
          tells: ({ changes }: { changes: Change[] }) => [...new Set(changes.map(({ id }) => id))].sort(),
          // auditors of other agencies read the list
          sees: ({ agency }) =>
            [
              ...(agency === things[0]!.agency ? [things[0]!.shift] : []),
              ...(agency === secondOf(things[0]!) ? [things[0]!.otherShift, things[0]!.note] : []),
            ].sort(),
        },
        followed('assessments', ({ id }) => id, maySee),
        followed(
          'reactions',
          ({ feature }) => String(feature?.properties?.assessment),
          (caller, thing) => caller.country === thing.owner,
        ),
        feed('&collections=proposals', ids('joint', takesPart)),
        feed('&include=feature&collections=indicators', indicatorsOf),
        coordination('requests', requestsOf),
        coordination('procedures', (caller, thing) => proceduresOf(caller, thing).map((id) => `${id}/1`)),
        coordination('responses', (caller, thing) => (mayRead(caller, thing) ? [thing.response] : [])),
        coordination('acknowledgements', (caller, thing) =>
          mayRead(caller, thing) ? [`${thing.incident}/${thing.agency}`] : [],
        ),
        // there was no other rescue body at that time
        coordination('assistance', (caller, thing) =>
          mayRead(caller, thing) ? [`${thing.notice} ${thing.agency}`] : [],
        ),
      ],
    },
  };
}
