import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Caller } from '../../core/caller.ts';
import type { Precondition } from '../../core/precondition.ts';
import type { AreaGeometry } from '../../geometry/area.shape.ts';
import { check } from '../../http/input.errors.ts';
import type { Editor, FeatureInput, WrittenFeature } from '../../ogc/edit/editor.ts';
import { ZoneArea } from './zone.area.ts';
import { asReplacement, changeOf } from './zone.difference.ts';
import { emptyShape, mergeChange, permitStep, readNewZone } from './zone.input.ts';
import { rolesFor } from './zone.lifecycle.ts';
import { NewZone, type ZoneChange } from './zone.schema.ts';
import type { StoredZone, ZoneStore } from './zone.store.ts';

const EXAMPLES = {
  feature: {
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [8.2, 33.8],
          [8.6, 33.8],
          [8.6, 34.1],
          [8.2, 34.1],
          [8.2, 33.8],
        ],
      ],
    },
    properties: { nameEn: 'Chott watch', kind: 'exercise', purpose: 'Joint watch', participants: 'DZA,TUN' },
  },
  change: { purpose: 'Joint watch of fuel routes' },
};

/** Edits zones in a layer: a draft in place, any other zone by proposing its next revision. */
export const zoneEditor = (zones: ZoneStore): Editor => {
  async function change({ caller, id, precondition, area, read }: ZoneEdit): Promise<WrittenFeature> {
    const written = await zones.change(
      caller,
      id,
      (current) => {
        permitStep('change', caller, id, current);
        const merged = mergeChange(caller, id, read(current!), current);
        precondition(current!.version);
        return merged;
      },
      area,
    );
    if (written === undefined) throw emptyShape();
    return { id, version: written.version };
  }

  return {
    roles: rolesFor('change'),
    paths: { nameEn: 'names.en', nameFr: 'names.fr', nameAr: 'names.ar' },
    needs: ['nameEn', 'kind', 'purpose', 'participants'],
    examples: EXAMPLES,

    async create(caller, wanted) {
      const id = uuidv7();
      const zone = readWhole(wanted);
      const made = await zones.create(caller, id, readNewZone(caller, zone), false);
      if (made === undefined) throw emptyShape();
      return { id, version: made.version };
    },

    replace(caller, id, wanted, precondition) {
      const area = readWhole(wanted).geometry!;
      const read = (current: StoredZone) => changeOf(asReplacement({ ...wanted, geometry: area }), current);
      return change({ caller, id, precondition, area, read });
    },

    update(caller, id, wanted, precondition) {
      const { geometry } = check(Drawn, { geometry: wanted.geometry }, 'body') as z.output<typeof Drawn>;
      const area = geometry ?? undefined;
      const read = (current: StoredZone) => changeOf({ ...wanted, geometry: area }, current);
      return change({ caller, id, precondition, area, read });
    },

    remove: (caller, id, precondition) =>
      zones.remove(caller, id, (current) => {
        const step = permitStep('remove', caller, id, current);
        precondition(current!.version);
        return step;
      }),
  };
};

interface ZoneEdit {
  caller: Caller;
  id: string;
  precondition: Precondition;
  area: AreaGeometry | undefined;
  read(current: StoredZone): ZoneChange;
}

const Drawn = z.object({ geometry: ZoneArea.nullish() });

const readWhole = ({ geometry, properties }: FeatureInput): NewZone =>
  check(NewZone, { type: 'Feature', geometry, properties }, 'body') as NewZone;
