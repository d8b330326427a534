import { DatabaseSync } from '@photostructure/sqlite';
import { type EncodedLayer, type Encoder, PLACE } from './encoder.ts';
import { COMMON, describeContents, describeLayer, type GeoPackageLayer } from './geopackage.tables.ts';
import { changeOf, columnsOf, NO_CHANGE, rowWriter } from './geopackage.values.ts';
import { boxAround, readPlace } from './place.text.ts';

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
  const extent = boxAround();
  const changedAt = changeOf(columns);
  let lastChange = NO_CHANGE;
  return {
    add(cells) {
      const text = layer.geometryType ? cells[PLACE]! : null;
      const place = text === null ? undefined : readPlace(text);
      write(cells, place);
      lastChange = changedAt(cells, lastChange);
      extent.add(place?.box);
    },
    flush: () => undefined,
    *finish() {
      describeContents(db, layer, { extent: extent.get(), lastChange });
      yield;
      db.exec('COMMIT');
      return undefined;
    },
    close() {
      if (db.isOpen) db.close();
    },
  };
}
