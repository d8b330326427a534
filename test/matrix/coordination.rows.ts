import { type CountryCode, ROLES } from '../../src/core/caller.ts';
import { maySee, maySeeZone } from '../support/audience.oracle.ts';
import { reference } from '../support/builders.reference.ts';
import type { NamedCaller } from '../support/callers.ts';
import { isRescuer, type Thing } from '../support/label.world.ts';
import { agencyOf, keyOf } from '../support/service.ts';
import { type May, type Named, NOWHERE, questionsAbout } from './questions.ts';
import type { MatrixWorld, ReadRow, WriteRow } from './row.ts';

const HERE = ['DZA', 'TUN', 'DZA-TUN'];
/** Where everything lies: both countries' agencies, those with a mandate for the zones around it, and who comes to the rescue. */
const holdsMandate: May = (caller, thing) =>
  isRescuer(caller) ||
  caller.agency === thing.agency ||
  reference.mandates.some(
    ({ agency, scope }) => agency === caller.agency && HERE.includes(scope.border ?? scope.country),
  );

/** Everyone who sees the incident is asked, or asks. */
const mayRead: May = (caller, thing) =>
  thing.request !== undefined && caller.country !== undefined && maySee(caller, thing);

/** The same about a zone: who was only asked to join is not asked for help. */
const mayReadOfZone: May = (caller, thing) =>
  thing.zoneRequest !== undefined && maySeeZone(caller, { ...thing, participants: thing.agreedBy });

/** The requests that a caller sees. */
export const requestsOf = (caller: NamedCaller, thing: Thing): string[] =>
  caller.country === undefined
    ? []
    : [
        ...(mayRead(caller, thing) ? [thing.request!] : []),
        ...(mayReadOfZone(caller, thing) ? [thing.zoneRequest!] : []),
      ];

const maySeeNotice: May = (caller, thing) => isRescuer(caller) || maySee(caller, thing);

export function coordinationReads({ things }: MatrixWorld): Record<string, ReadRow> {
  const { ids, known, item } = questionsAbout(things);
  const listOf = (path: string): ReadRow => ({
    roles: ROLES,
    readings: [
      {
        path: `${path}?limit=1000`,
        tells: ({ features }) => known(features.map(({ id }: Named) => id)),
        sees: ids('notice', maySeeNotice),
      },
    ],
  });
  return {
    listDistressNotices: listOf('/distress'),
    listOpenDistressNotices: listOf('/distress/open'),
    listAcknowledgements: {
      roles: ROLES,
      readings: item(
        (id) => `/incidents/${id}/acknowledgements`,
        'incident',
        maySee,
        ({ agency }) => ({
          tells: ({ acknowledgements }) => acknowledgements.map((one: Made) => one.agency),
          told: () => [agency],
        }),
      ),
    },
    listResponses: {
      roles: ROLES,
      readings: item(
        (id) => `/incidents/${id}/responses`,
        'incident',
        maySee,
        ({ response, word }) => ({
          tells: ({ responses }) => responses.map(({ id, text }: Named & { text: string }) => [id, text]),
          told: () => [[response, word]],
        }),
      ),
    },
    listSameAs: {
      roles: ROLES,
      readings: item(
        (id) => `/incidents/${id}/same-as`,
        'incident',
        maySee,
        ({ otherSide }) => ({
          tells: ({ sameAs }) => sameAs.map(({ incident }: { incident: string }) => incident),
          told: () => [otherSide],
        }),
      ),
    },
    listOffers: {
      readings: [
        {
          path: '/offers?limit=1000',
          tells: ({ features }) => known(features.map(({ id }: Named) => id)),
          sees: ids('offer', maySee),
        },
      ],
    },
    getOffer: {
      readings: item(
        (id) => `/offers/${id}`,
        'offer',
        maySee,
        ({ offer, word }) => ({
          tells: ({ id, properties }) => [id, properties.text],
          told: () => [offer, word],
        }),
      ),
    },
    getMilestones: {
      roles: ROLES,
      readings: item(
        (id) => `/incidents/${id}/milestones`,
        'incident',
        maySee,
        ({ incident, agency, response }) => ({
          tells: ({ incident, firstAcknowledgement, firstResponse }) => [
            incident,
            firstAcknowledgement.agency,
            firstResponse.id,
          ],
          told: () => [incident, agency, response],
        }),
      ),
    },
    listRequests: {
      roles: ROLES,
      readings: [
        {
          path: '/requests?limit=1000',
          tells: ({ requests }) => requests.map(({ id }: Named) => id).sort(),
          sees: (caller) => things.flatMap((thing) => requestsOf(caller, thing)).sort(),
        },
      ],
    },
    getRequest: {
      roles: ROLES,
      readings: things.flatMap((thing) =>
        [thing.request ?? [], thing.zoneRequest ?? []].flat().map((id) => ({
          path: `/requests/${id}`,
          missing: `/requests/${NOWHERE.incident}`,
          tells: (request: Named) => request.id,
          sees: (caller) => requestsOf(caller, thing).find((one) => one === id),
        })),
      ),
    },
    getDistressNotice: {
      roles: ROLES,
      readings: item(
        (id) => `/distress/${id}`,
        'notice',
        maySeeNotice,
        ({ notice, incident }) => ({
          tells: ({ id, properties }) => [id, known([properties.incident ?? ''])],
          told: (caller) => [
            notice,
            maySee(caller, things.find((one) => one.notice === notice)!) ? [incident] : [],
          ],
        }),
      ),
    },
  };
}

const second = (country: CountryCode): string => agencyOf(keyOf(country, 'reporter', { second: true }));

interface Made {
  agency: string;
}

export function coordinationWrites({ things }: MatrixWorld): Record<string, WriteRow> {
  const help = {
    kind: 'support',
    needs: ['drones'],
    dueAt: '2099-01-01T00:00:00Z',
    text: 'One for the night.',
  };
  const askOwner =
    (thing: Thing) =>
    ({ agency }: NamedCaller) => ({
      ...help,
      to: [agency === thing.agency ? second(thing.owner) : thing.agency],
    });
  const askAnybody = (path: string, more: object = {}): WriteRow => ({
    roles: ['reporter', 'operator'],
    writings: [
      {
        path,
        method: 'post',
        body: ({ agency }) => ({
          ...help,
          ...more,
          to: [agency === second('TUN') ? second('DZA') : second('TUN')],
        }),
        status: () => 201,
      },
    ],
  });
  /** Of agencies with a mandate there, as far as they see the incident. */
  const answer = (thing: Thing, status: (caller: NamedCaller) => number) => (caller: NamedCaller) => {
    if (!maySee(caller, thing)) return 404;
    return holdsMandate(caller, thing) ? status(caller) : 403;
  };
  return {
    addRequest: {
      roles: ['reporter', 'operator'],
      writings: things.map((thing) => ({
        path: `/incidents/${thing.incident}/requests`,
        missing: `/incidents/${NOWHERE.incident}/requests`,
        method: 'post',
        body: askOwner(thing),
        status: (caller) => {
          if (!maySee(caller, thing)) return 404;
          return thing.tlp === 'RED' ? 422 : 201;
        },
      })),
    },
    addZoneRequest: {
      roles: ['reporter', 'operator'],
      writings: things.map((thing) => ({
        path: `/zones/${thing.zone}/requests`,
        missing: `/zones/${NOWHERE.zone}/requests`,
        method: 'post',
        body: askOwner(thing),
        status: (caller) => {
          if (!maySeeZone(caller, thing)) return 404;
          return thing.tlp === 'RED' ? 422 : 201;
        },
      })),
    },
    addSegmentRequest: askAnybody('/segments/DZA-TUN-07/requests'),
    addCrossingRequest: askAnybody('/crossings/bouchebka/requests'),
    addPlaceRequest: askAnybody('/requests', { place: { type: 'Point', coordinates: [8.42, 35.2] } }),
    changeRequest: {
      roles: ['reporter', 'operator'],
      writings: ['accepted', 'withdrawn'].flatMap((state) =>
        things
          .filter(({ request }) => request !== undefined)
          .map((thing) => ({
            path: `/requests/${thing.request}`,
            missing: `/requests/${NOWHERE.incident}`,
            method: 'patch' as const,
            body: () => ({ state }),
            status: (caller: NamedCaller) => {
              if (!mayRead(caller, thing)) return 404;
              const isAsked = caller.country !== thing.owner || caller.agency === second(thing.owner);
              const isAsking = caller.agency === thing.agency;
              return (state === 'accepted' ? isAsked : isAsking) ? 200 : 403;
            },
          })),
      ),
    },
    createOffer: {
      roles: ['operator', 'coordinator'],
      writings: [
        {
          path: '/offers',
          method: 'post',
          body: () => ({
            type: 'Feature',
            geometry: { type: 'Point', coordinates: [8.42, 35.2] },
            properties: { kind: 'fuel', quantity: 200 },
          }),
          status: () => 201,
        },
      ],
    },
    changeOffer: {
      roles: ['operator', 'coordinator'],
      writings: things.map((thing) => ({
        path: `/offers/${thing.offer}`,
        missing: `/offers/${NOWHERE.offer}`,
        method: 'patch',
        body: () => ({ properties: { quantity: 2 } }),
        status: (caller) => {
          if (!maySee(caller, thing)) return 404;
          return caller.agency === thing.agency ? 200 : 403;
        },
      })),
    },
    addResponse: {
      roles: ['reporter', 'operator'],
      writings: things.map((thing) => ({
        path: `/incidents/${thing.incident}/responses`,
        missing: `/incidents/${NOWHERE.incident}/responses`,
        method: 'post',
        body: () => ({ kind: 'joint_patrol' }),
        status: answer(thing, () => 201),
      })),
    },
    changeResponse: {
      roles: ['reporter', 'operator'],
      writings: things.map((thing) => ({
        path: `/incidents/${thing.incident}/responses/${thing.response}`,
        missing: `/incidents/${NOWHERE.incident}/responses/${NOWHERE.incident}`,
        method: 'patch',
        body: () => ({ state: 'done' }),
        status: (caller) => {
          if (!maySee(caller, thing)) return 404;
          return caller.agency === thing.agency ? 200 : 403;
        },
      })),
    },
    acknowledgeIncident: {
      roles: ['reporter', 'operator'],
      writings: things.map((thing) => ({
        path: `/incidents/${thing.incident}/acknowledgements`,
        missing: `/incidents/${NOWHERE.incident}/acknowledgements`,
        method: 'post',
        status: answer(thing, ({ agency }) => (agency === thing.agency ? 200 : 201)),
      })),
    },
    addAssistance: {
      roles: ['reporter', 'operator'],
      writings: things.map((thing) => ({
        path: `/distress/${thing.notice}/assistance`,
        missing: `/distress/${NOWHERE.notice}/assistance`,
        method: 'post',
        body: () => ({ state: 'given', outcome: 'assisted' }),
        status: (caller) => {
          if (isRescuer(caller) || caller.agency === thing.agency)
            return maySeeNotice(caller, thing) ? 201 : 404;
          return maySeeNotice(caller, thing) ? 403 : 404;
        },
      })),
    },
  };
}
