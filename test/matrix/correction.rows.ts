import { maySee } from '../support/audience.oracle.ts';
import { aCorrection, aSide } from '../support/corrections.ts';
import { maySeeCorrection } from '../support/label.world.ts';
import { type Named, questionsAbout } from './questions.ts';
import type { MatrixWorld, ReadRow, WriteRow } from './row.ts';

const DECIDING = ['admin', 'coordinator'] as const;

/** Joins the segment of all things to its neighbour, so that their incidents are placed again. */
const joined = aCorrection([
  { collection: 'segments', id: 'DZA-TUN-06', properties: { toKm: 347.797 } },
  { collection: 'segments', id: 'DZA-TUN-07', removed: true },
]);

export function correctionReads({ things }: MatrixWorld): Record<string, ReadRow> {
  const { ids, known, item } = questionsAbout(things);
  const ofOne = (path: string) =>
    item(
      (id) => `/corrections/${id}${path}`,
      'correction',
      maySeeCorrection,
      ({ correction }) => ({
        tells: ({ id = correction }: Named) => id,
        told: () => correction,
      }),
    );
  return {
    listCorrections: {
      readings: [
        {
          path: '/corrections?limit=1000',
          tells: ({ corrections }: { corrections: Named[] }) => known(corrections.map(({ id }) => id)),
          sees: ids('correction', maySeeCorrection),
        },
      ],
    },
    getCorrection: { readings: ofOne('') },
    previewProposedCorrection: { roles: DECIDING, readings: ofOne('/preview') },
    previewCorrection: {
      roles: DECIDING,
      readings: [
        {
          path: '/corrections/preview',
          method: 'post',
          body: () => joined,
          tells: ({ incidents }: { incidents: { placedAgain: number } }) => incidents.placedAgain,
          sees: (caller) => things.filter((thing) => maySee(caller, thing)).length,
        },
      ],
    },
  };
}

export function correctionWrites(_: MatrixWorld): Record<string, WriteRow> {
  return {
    proposeCorrection: {
      roles: ['admin'],
      writings: [
        {
          path: '/corrections',
          method: 'post',
          body: () => aCorrection([aSide('Another post')]),
          status: ({ country }) => (country === 'TUN' ? 201 : 403),
        },
        {
          path: '/corrections',
          method: 'post',
          body: () => joined,
          status: ({ country }) => (country === 'LBY' ? 403 : 201),
        },
      ],
    },
  };
}
