import { ROLES } from '../../src/access/caller.ts';
import { maySee } from '../support/audience.oracle.ts';
import { isRescuer } from '../support/label.world.ts';
import { type May, type Named, NOWHERE, questionsAbout } from './questions.ts';
import type { MatrixWorld, ReadRow, WriteRow } from './row.ts';

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

export function coordinationWrites({ things }: MatrixWorld): Record<string, WriteRow> {
  return {
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
