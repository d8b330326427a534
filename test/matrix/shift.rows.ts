import { ROLES } from '../../src/core/caller.ts';
import type { NamedCaller } from '../support/callers.ts';
import { auditsOrIs, secondOf } from './leaks.ts';
import { type Named, NOWHERE } from './questions.ts';
import type { MatrixWorld, Reading, ReadRow, WriteRow, Writing } from './row.ts';

/** One shift of the agency that owns the things, offered, and one of another agency of its country, open. */
export function shiftReads({ things }: MatrixWorld): Record<string, ReadRow> {
  const [thing] = things as [MatrixWorld['things'][number]];
  const mayRead = (caller: NamedCaller) => auditsOrIs(caller, thing, thing.agency);
  const mayReadOther = (caller: NamedCaller) => auditsOrIs(caller, thing, secondOf(thing));
  const about = (end: string, tells: Reading['tells'], told: unknown, told2: unknown): Reading[] => [
    {
      path: `/shifts/${thing.shift}${end}`,
      missing: `/shifts/${NOWHERE.incident}${end}`,
      tells,
      sees: (caller) => (mayRead(caller) ? told : undefined),
    },
    {
      path: `/shifts/${thing.otherShift}${end}`,
      missing: `/shifts/${NOWHERE.incident}${end}`,
      tells,
      sees: (caller) => (mayReadOther(caller) ? told2 : undefined),
    },
  ];
  return {
    listShifts: {
      roles: ROLES,
      readings: [
        {
          path: '/shifts?limit=1000',
          tells: ({ shifts }) => shifts.map(({ id }: Named) => id).sort(),
          sees: (caller) =>
            [
              ...(mayRead(caller) ? [thing.shift] : []),
              ...(mayReadOther(caller) ? [thing.otherShift] : []),
            ].sort(),
        },
      ],
    },
    getShift: {
      roles: ROLES,
      readings: about('', ({ id }) => id, thing.shift, thing.otherShift),
    },
    listShiftEntries: {
      roles: ROLES,
      readings: about(
        '/entries',
        ({ entries }) => entries.flatMap(({ text }: { text: string | null }) => text ?? []),
        [],
        [`quartz-note-of-${thing.owner}`],
      ),
    },
    getHandover: {
      roles: ROLES,
      // the other shift has none: for everybody
      readings: about(
        '/handover',
        ({ items }) => new Set(items.map(({ kind }: { kind: string }) => kind)).has('alert'),
        true,
        undefined,
      ).slice(0, 1),
    },
  };
}

export function shiftWrites({ things }: MatrixWorld): Record<string, WriteRow> {
  const [thing] = things as [MatrixWorld['things'][number]];
  const roles = ['reporter', 'operator'] as const;
  const on = (
    shift: string,
    end: string,
    { agency, status, ...cell }: Pick<Writing, 'body' | 'method' | 'status'> & { agency: string },
  ): Writing => ({
    path: `/shifts/${shift}${end}`,
    missing: `/shifts/${NOWHERE.incident}${end}`,
    ...cell,
    status: (caller) => (caller.agency === agency ? status(caller) : 404),
  });
  const { agency } = thing;
  const ofOther = { agency: thing.owner ? secondOf(thing) : '', method: 'post' as const };
  return {
    openShift: {
      roles,
      writings: [
        {
          path: '/shifts',
          method: 'post',
          body: () => ({ place: { kind: 'room', name: 'Exercise room' } }),
          status: () => 201,
        },
        // that another agency has a shift at the same place is no obstacle, and tells nothing
        {
          path: '/shifts',
          method: 'post',
          body: () => ({ place: { kind: 'post', name: `Exercise post of ${thing.owner}` } }),
          status: (caller) => ([agency, ofOther.agency].includes(caller.agency!) ? 409 : 201),
        },
      ],
    },
    addShiftEntry: {
      roles,
      writings: [
        on(thing.otherShift, '/entries', {
          ...ofOther,
          body: () => ({ text: 'All quiet.' }),
          status: () => 201,
        }),
        on(thing.shift, '/entries', {
          agency,
          method: 'post',
          body: () => ({ text: 'All quiet.' }),
          status: () => 409,
        }),
      ],
    },
    offerHandover: {
      roles,
      writings: [on(thing.otherShift, '/handover', { ...ofOther, body: () => ({}), status: () => 201 })],
    },
    withdrawHandover: {
      roles,
      writings: [on(thing.shift, '/handover', { agency, method: 'delete', status: () => 204 })],
    },
    confirmHandover: {
      roles,
      writings: [
        on(thing.shift, '/handover/confirmation', {
          agency,
          method: 'post',
          body: () => ({ offer: 1 }),
          // the reporter offered it
          status: (caller) => (caller.roles.includes('reporter') ? 403 : 200),
        }),
      ],
    },
  };
}
