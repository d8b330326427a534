import { mayDraft, maySeeZone } from '../support/audience.oracle.ts';
import { aZone } from '../support/builders.ts';
import type { NamedCaller } from '../support/callers.ts';
import { AREA, type Thing } from '../support/label.world.ts';
import { byOwner, mayConsent, maySeeAgreed, NOWHERE } from './questions.ts';
import { mayRelabel } from './release.rows.ts';
import type { MatrixWorld, WriteRow, Writing } from './row.ts';

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

/** What becomes of zones in force, proposals and drafts, and decisions about them. */
export function zoneWrites({ things }: MatrixWorld): Record<string, WriteRow> {
  const { owner } = things[0]!;
  const each = (ask: (thing: Thing) => Writing): Writing[] => things.map(ask);
  return {
    createZone: {
      roles: ['operator'],
      writings: [
        {
          path: '/zones',
          method: 'post',
          body: ({ country = owner }) => aZone({ geometry: AREA, participants: [country] }),
          status: () => 201,
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
            // the caller does not see the revision in force
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
  };
}
