import { ROLES } from '../../src/core/caller.ts';
import { maySeeZone } from '../support/audience.oracle.ts';
import type { NamedCaller } from '../support/callers.ts';
import type { Thing } from '../support/label.world.ts';
import { aProcedure } from '../support/procedures.ts';
import { maySeeAgreed, type Named, NOWHERE } from './questions.ts';
import type { MatrixWorld, Reading, ReadRow, WriteRow } from './row.ts';

/** The participants of the revision that it was proposed for, each country as one. */
const takesPart = ({ country }: NamedCaller, { agreedBy }: Thing): boolean =>
  agreedBy.some((one) => one === country);

/** The procedures that a caller sees. */
export const proceduresOf = (caller: NamedCaller, thing: Thing): string[] =>
  thing.procedure !== undefined && takesPart(caller, thing) ? [thing.procedure] : [];

export function procedureReads({ things }: MatrixWorld): Record<string, ReadRow> {
  const ours = new Set(things.map(({ procedure }) => procedure));
  const item = (pathOf: (id: string) => string): Reading[] =>
    things.flatMap((thing) =>
      thing.procedure === undefined
        ? []
        : {
            path: pathOf(thing.procedure),
            missing: pathOf(NOWHERE.zone),
            tells: ({ id, purpose }: Named & { purpose: string }) => [id, purpose],
            sees: (caller: NamedCaller) =>
              takesPart(caller, thing) ? [thing.procedure, `${thing.word}-procedure`] : undefined,
          },
    );
  return {
    listProcedures: {
      roles: ROLES,
      readings: [
        {
          path: '/procedures?limit=1000',
          tells: ({ procedures }) =>
            procedures
              .map(({ id }: Named) => id)
              .filter((id: string) => ours.has(id))
              .sort(),
          sees: (caller) => things.flatMap((thing) => proceduresOf(caller, thing)).sort(),
        },
        ...things.map((thing) => ({
          path: `/procedures?zone=${thing.zone}`,
          tells: ({ procedures }: { procedures: Named[] }) => procedures.map(({ id }) => id),
          sees: (caller: NamedCaller) => proceduresOf(caller, thing),
        })),
      ],
    },
    getProcedure: { roles: ROLES, readings: item((id) => `/procedures/${id}`) },
    getProcedureVersion: { roles: ROLES, readings: item((id) => `/procedures/${id}/versions/1`) },
  };
}

export function procedureWrites({ things }: MatrixWorld): Record<string, WriteRow> {
  const ofBorder = (path: string): WriteRow => ({
    roles: ['operator'],
    writings: [
      {
        path,
        method: 'post',
        body: () => aProcedure(),
        status: ({ country }) => (country === 'LBY' ? 403 : 201),
      },
    ],
  });
  return {
    addZoneProcedure: {
      roles: ['operator'],
      writings: things.map((thing) => ({
        path: `/zones/${thing.zone}/procedures`,
        missing: `/zones/${NOWHERE.zone}/procedures`,
        method: 'post',
        body: () => aProcedure(),
        status: (caller) => {
          if (!maySeeZone(caller, thing)) return 404;
          const shown = maySeeAgreed(caller, thing) ? thing.agreedBy : thing.participants;
          if (!shown.some((one) => one === caller.country)) return 403;
          return thing.tlp === 'RED' ? 422 : 201;
        },
      })),
    },
    addSegmentProcedure: ofBorder('/segments/DZA-TUN-07/procedures'),
    addCrossingProcedure: ofBorder('/crossings/bouchebka/procedures'),
    addProcedureVersion: {
      roles: ['operator'],
      writings: things.flatMap((thing) =>
        thing.procedure === undefined
          ? []
          : {
              path: `/procedures/${thing.procedure}/versions`,
              missing: `/procedures/${NOWHERE.zone}/versions`,
              method: 'post',
              body: () => aProcedure(),
              status: (caller: NamedCaller) => (takesPart(caller, thing) ? 201 : 404),
            },
      ),
    },
  };
}
