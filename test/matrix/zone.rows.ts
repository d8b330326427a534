import { mayDraft, maySee, maySeeZone, mayTakePart } from '../support/audience.oracle.ts';
import { aZone } from '../support/builders.ts';
import type { NamedCaller } from '../support/callers.ts';
import { AREA, CENTRE } from '../support/label.world.ts';
import { mayConsent, maySeeAgreed, type Named, questionsAbout, takesPart } from './questions.ts';
import type { MatrixWorld, ReadRow } from './row.ts';

const bbox = [CENTRE.lon - 0.1, CENTRE.lat - 0.1, CENTRE.lon + 0.1, CENTRE.lat + 0.1].join();

/** Zones: what is in force is seen by its label, what is proposed by those who take part, a draft by its own country. */
export function zoneReads({ things }: MatrixWorld): Record<string, ReadRow> {
  const { ids, known, item, list, listed } = questionsAbout(things);
  const incidentsOf = ids('incident', maySee);
  const inForceOf = ids('zone', maySeeAgreed);
  const allOf = (caller: NamedCaller) =>
    [
      ...ids('zone', maySeeZone)(caller),
      ...ids('proposal', mayConsent)(caller),
      ...ids('draft', mayDraft)(caller),
    ].sort();
  const purpose = ({ properties }: { properties: { purpose: string } }) => properties.purpose;
  const numbers = ({ features }: { features: { properties: { revision: number } }[] }) =>
    features.map(({ properties }) => properties.revision);
  const holds = (of: (caller: NamedCaller) => string[]) => () => ({
    tells: listed,
    told: (caller: NamedCaller) => ({ ids: of(caller), isCounted: true }),
  });

  return {
    listZones: {
      readings: [
        list('/zones?limit=1000', allOf),
        list(`/zones?bbox=${bbox}&kind=exercise&limit=1000`, allOf),
        list(`/zones?country=${things[0]!.owner}&state=active&limit=1000`, inForceOf),
        list('/zones?state=draft&limit=1000', ids('draft', mayDraft)),
      ],
    },
    getZone: {
      readings: [
        ...item(
          (id) => `/zones/${id}`,
          'zone',
          maySeeZone,
          (thing) => ({
            tells: purpose,
            told: (caller) => (maySeeAgreed(caller, thing) ? thing.word : `${thing.word}-next`),
          }),
        ),
        ...item(
          (id) => `/zones/${id}?revision=latest`,
          'zone',
          maySeeZone,
          (thing) => ({
            tells: purpose,
            told: (caller) => (mayConsent(caller, thing) ? `${thing.word}-next` : thing.word),
          }),
        ),
        // whoever is shown a proposal is told that nothing of it was in force, and not that there is no such zone
        ...item(
          (id) => `/zones/${id}?at=2099-01-01T00:00:00Z`,
          'zone',
          maySeeAgreed,
          ({ word }) => ({ tells: purpose, told: () => word }),
        ).map(({ missing, ...reading }, n) =>
          things[n]!.agreedBy === things[n]!.participants ? { ...reading, missing: missing! } : reading,
        ),
        ...item(
          (id) => `/zones/${id}`,
          'proposal',
          mayConsent,
          ({ word }) => ({ tells: purpose, told: () => `${word}-proposal` }),
        ),
        ...item(
          (id) => `/zones/${id}`,
          'draft',
          mayDraft,
          ({ word }) => ({ tells: purpose, told: () => `${word}-draft` }),
        ),
      ],
    },
    listZoneRevisions: {
      readings: [
        ...item(
          (id) => `/zones/${id}/revisions`,
          'zone',
          maySeeZone,
          (thing) => ({
            tells: numbers,
            told: (caller) => [
              ...(maySeeAgreed(caller, thing) ? [1] : []),
              ...(mayConsent(caller, thing) ? [2] : []),
            ],
          }),
        ),
        ...item(
          (id) => `/zones/${id}/revisions`,
          'draft',
          mayDraft,
          () => ({ tells: numbers, told: () => [1] }),
        ),
      ],
    },
    getZoneRevision: {
      readings: [
        ...item(
          (id) => `/zones/${id}/revisions/1`,
          'zone',
          maySeeAgreed,
          ({ word }) => ({ tells: purpose, told: () => word }),
        ),
        ...item(
          (id) => `/zones/${id}/revisions/2`,
          'zone',
          mayConsent,
          ({ word }) => ({ tells: purpose, told: () => `${word}-next` }),
        ),
        ...item(
          (id) => `/zones/${id}/revisions/1`,
          'draft',
          mayDraft,
          ({ word }) => ({ tells: purpose, told: () => `${word}-draft` }),
        ),
      ],
    },
    listZoneConsents: {
      readings: [
        ...item(
          (id) => `/zones/${id}/consents`,
          'zone',
          maySeeZone,
          (thing) => ({
            tells: ({ consents }) => consents.map(({ country }: { country: string }) => country).sort(),
            // what is visible by its label alone tells nothing of who decided what
            told: (caller) =>
              mayTakePart(caller, { ...thing, participants: thing.agreedBy })
                ? [...thing.agreedBy].sort()
                : [],
          }),
        ),
        ...item(
          (id) => `/zones/${id}/consents`,
          'draft',
          mayDraft,
          () => ({ tells: ({ consents }) => consents, told: () => [] }),
        ),
      ],
    },
    listWaitingConsents: {
      roles: ['coordinator'],
      readings: [
        {
          path: '/consents/waiting?limit=1000',
          tells: ({ features, proposals }) => known([...features, ...proposals].map(({ id }: Named) => id)),
          // the own country has approved its joint proposals
          sees: (caller) =>
            [
              ...ids('zone', mayConsent)(caller),
              ...ids('proposal', mayConsent)(caller),
              ...ids('joint', (one, thing) => takesPart(one, thing) && one.country !== thing.owner)(caller),
            ].sort(),
        },
      ],
    },
    listZoneIncidents: {
      readings: [
        ...item((id) => `/zones/${id}/incidents`, 'zone', maySeeZone, holds(incidentsOf)),
        ...item((id) => `/zones/${id}/incidents?match=possible`, 'zone', maySeeZone, holds(incidentsOf)),
        ...item((id) => `/zones/${id}/incidents`, 'proposal', mayConsent, holds(incidentsOf)),
        ...item(
          (id) => `/zones/${id}/incidents`,
          'draft',
          mayDraft,
          holds(() => []),
        ),
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
          sees: (caller) => ({ incidents: incidentsOf(caller).length, zones: allOf(caller) }),
        },
      ],
    },
  };
}
