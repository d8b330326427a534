import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { readWkb } from './wkb.ts';

type Row = Record<string, string | number | null | Uint8Array>;

/** A table of a GeoPackage with what the file says of it. */
export function readGeoPackage(bytes: Buffer, table: string) {
  const folder = mkdtempSync(join(tmpdir(), 'gpkg-'));
  try {
    const path = join(folder, 'file.gpkg');
    writeFileSync(path, bytes);
    const db = new DatabaseSync(path, { readOnly: true });
    const all = (statement: string) => db.prepare(statement).all() as Row[];
    const rows = all(`SELECT * FROM "${table}" ORDER BY fid`);
    const read = {
      check: all('PRAGMA integrity_check')[0]!.integrity_check,
      applicationId: all('PRAGMA application_id')[0]!.application_id,
      contents: all('SELECT * FROM gpkg_contents'),
      geometryColumns: all('SELECT * FROM gpkg_geometry_columns'),
      systems: all('SELECT srs_id FROM gpkg_spatial_ref_sys ORDER BY srs_id').map(({ srs_id }) => srs_id),
      extensions: all('SELECT DISTINCT extension_name FROM gpkg_extensions ORDER BY 1').map(
        ({ extension_name }) => extension_name,
      ),
      metadata: all('SELECT metadata FROM gpkg_metadata').map(({ metadata }) => metadata),
      columns: Object.fromEntries(
        all(`SELECT name, type FROM pragma_table_info('${table}')`).map(({ name, type }) => [name, type]),
      ),
      indexed: all(`SELECT name FROM sqlite_schema WHERE name = 'rtree_${table}_geom'`).length
        ? all(`SELECT count(*) AS count FROM "rtree_${table}_geom"`)[0]!.count
        : undefined,
      features: rows.map(readRow),
    };
    db.close();
    return read;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readRow({ fid: _, geom, ...properties }: Row) {
  const place =
    geom instanceof Uint8Array ? readGeometry(Buffer.from(geom)) : { geometry: null, srid: undefined };
  return { ...place, properties };
}

// GeoPackage 1.3 §2.1.3
function readGeometry(bytes: Buffer) {
  const boxBytes = [0, 32, 48, 48, 64][(bytes[3]! >> 1) & 7]!;
  if (bytes.toString('latin1', 0, 2) !== 'GP' || bytes[2] !== 0)
    throw new Error('This is no geometry of a GeoPackage.');
  const box = Array.from({ length: boxBytes / 8 }, (_, i) => bytes.readDoubleLE(8 + 8 * i));
  return { geometry: readWkb(bytes.subarray(8 + boxBytes)), srid: bytes.readInt32LE(4), box };
}
