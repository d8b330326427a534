import { DatabaseSync } from '@photostructure/sqlite';
import { type EncodedLayer, type Encoder, PLACE } from './encoder.ts';
import { featureList } from './flatgeobuf.index.ts';
import { writeIndex } from './geopackage.index.ts';
import { COMMON, describeContents, describeLayer, type GeoPackageLayer } from './geopackage.tables.ts';
import { changeOf, columnsOf, NO_CHANGE, rowWriter } from './geopackage.values.ts';
import { readPlace } from './place.text.ts';

// An incomplete file is discarded, so the build needs no crash safety.
const OPTIONS = `PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA page_size = 4096; PRAGMA cache_size = -8000;`;

/** OGC GeoPackage 1.3. A database cannot be written front to back: it is built as a file. */
export function geoPackageFile({ fields, ...encoded }: EncodedLayer, path: string): Encoder {
  const columns = columnsOf(fields);
  const layer: GeoPackageLayer = { ...encoded, columns };
  const db = new DatabaseSync(path);
  // one transaction: the page cache spills to the file as it fills
  db.exec(`${OPTIONS} BEGIN; ${COMMON} ${describeLayer(layer)}`);
  const write = rowWriter(db, layer);
  const features = featureList(layer.geometryType === 'Point');
  const changedAt = changeOf(columns);
  let lastChange = NO_CHANGE;
  return {
    add(cells) {
      const text = layer.geometryType ? cells[PLACE]! : null;
      const place = text === null ? undefined : readPlace(text);
      write(cells, place);
      lastChange = changedAt(cells, lastChange);
      features.add(place?.box, 0);
    },
    flush: () => undefined,
    *finish() {
      if (layer.geometryType) yield* writeIndex(db, layer.name, features);
      describeContents(db, layer, { extent: features.extent(), lastChange });
      yield;
      db.exec('COMMIT');
      return undefined;
    },
    close() {
      if (db.isOpen) db.close();
    },
  };
}
