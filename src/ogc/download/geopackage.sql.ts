import { DatabaseSync } from '@photostructure/sqlite';
import type { FileFormat, FileLayer, FileWriter } from './download.format.sql.ts';
import { COMMON, describeContents, describeLayer, type GeoPackageLayer } from './geopackage.tables.ts';
import { changeOf, columnsOf, geometryTypeOf, NO_CHANGE, valueWriter } from './geopackage.values.ts';
import { boxAround, readFeatures, wkbPage } from './wkb.row.sql.ts';

/** OGC GeoPackage 1.3. A database cannot be written front to back: it is built as a file and sent when complete. */
export const geoPackage: FileFormat = {
  name: 'gpkg',
  title: 'GeoPackage',
  mediaType: 'application/geopackage+sqlite3',
  extension: 'gpkg',
  rowsAtOnce: 500,
  page: wkbPage,
  file: (path, layer) => geoPackageFile(path, layer),
};

// An incomplete file is discarded, so the build needs no crash safety.
const OPTIONS = `PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
  PRAGMA page_size = 4096; PRAGMA cache_size = -8000;`;

function geoPackageFile(path: string, { collection, question, attribution }: FileLayer): FileWriter {
  const { shown } = question;
  const columns = columnsOf(shown.fields);
  const layer: GeoPackageLayer = {
    name: collection.id,
    title: collection.title,
    description: collection.description,
    attribution,
    columns,
    geometryType: geometryTypeOf(collection, shown),
    srid: shown.crs.srid,
  };
  const db = new DatabaseSync(path);
  // one transaction: the page cache spills to the file as it fills
  db.exec(`${OPTIONS} BEGIN; ${COMMON} ${describeLayer(layer)}`);
  const write = valueWriter(db, layer);
  const extent = boxAround();
  const changedAt = changeOf(columns);
  let lastChange = NO_CHANGE;
  return {
    add(texts) {
      const features = readFeatures(texts);
      for (const feature of features) {
        write(feature);
        lastChange = changedAt(feature, lastChange);
        extent.add(feature.box);
      }
      return features.length;
    },
    finish() {
      describeContents(db, layer, { extent: extent.get(), lastChange });
      db.exec('COMMIT');
    },
    close: () => db.close(),
  };
}
