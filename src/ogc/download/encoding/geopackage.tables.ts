import type { DatabaseSync } from '@photostructure/sqlite';
import type { Edges } from '../../../geometry/bbox.parse.ts';
import type { GeometryType } from '../../collection/collection.sql.ts';
import { WKT } from './crs.wkt.ts';
import { indexTriggers } from './geopackage.triggers.ts';

export type GeoPackageDatabase = InstanceType<typeof DatabaseSync>;

export interface GeoPackageColumn {
  name: string;
  title: string;
  type: 'TEXT' | 'MEDIUMINT' | 'DOUBLE' | 'BOOLEAN' | 'DATETIME';
}

export interface GeoPackageLayer {
  /** Plain letters, as for column names: both become part of statements. */
  name: string;
  title: string;
  description: string;
  attribution: string;
  /** The style that QGIS draws the layer with. */
  style: string | undefined;
  columns: readonly GeoPackageColumn[];
  /** Absent: an attribute table. */
  geometryType: GeometryType | undefined;
  srid: number;
}

// "GPKG", 1.3.0
const IDENTITY = 'PRAGMA application_id = 0x47504B47; PRAGMA user_version = 10300;';

/** The tables of every GeoPackage of ours, as annex C of the standard defines them. */
export const COMMON = `${IDENTITY}
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
  scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_metadata (id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL, md_scope TEXT NOT NULL DEFAULT 'dataset',
  md_standard_uri TEXT NOT NULL, mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '');
CREATE TABLE gpkg_metadata_reference (reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT,
  row_id_value INTEGER, timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
  CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
  CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id));
CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT,
  description TEXT, mime_type TEXT, constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
  CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT,
  min NUMERIC, min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
  CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined Cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined Cartesian coordinate reference system'),
  ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system');
`;

/** The table of a layer, and its index. */
export function describeLayer({ name, columns, geometryType }: GeoPackageLayer): string {
  const place = geometryType ? [`geom ${geometryType.toUpperCase()}`] : [];
  const named = columns.map((column) => `"${column.name}" ${column.type}`);
  const table = ['fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL', ...place, ...named].join(', ');
  const index = `CREATE VIRTUAL TABLE "rtree_${name}_geom" USING rtree(id, minx, maxx, miny, maxy);`;
  return `CREATE TABLE "${name}" (${table});${geometryType ? index : ''}`;
}

interface GeoPackageSummary {
  extent: Edges | undefined;
  /** The same rows make the same file, so it does not name the time of its making. */
  lastChange: string;
}

/** The file's metadata, written after the last feature. */
export function describeContents(
  db: GeoPackageDatabase,
  layer: GeoPackageLayer,
  { extent, lastChange }: GeoPackageSummary,
): void {
  const { name, title, description, geometryType, srid, columns } = layer;
  const { insert: insertSystem } = inserter(db, 'gpkg_spatial_ref_sys');
  for (const [code, system] of Object.entries(WKT))
    insertSystem(system.name, Number(code), 'EPSG', Number(code), system.wkt, null);
  inserter(db, 'gpkg_contents').insert(
    name,
    geometryType ? 'features' : 'attributes',
    title,
    description,
    lastChange,
    ...(extent ?? [null, null, null, null]),
    geometryType ? srid : null,
  );
  if (geometryType) describeGeometry(db, layer);
  const { insert: insertColumn } = inserter(db, 'gpkg_data_columns');
  for (const column of columns) insertColumn(name, column.name, column.name, column.title, null, null, null);
  describeExtensions(db, layer);
  describeOrigin(db, layer, lastChange);
  describeStyle(db, layer, lastChange);
}

function describeGeometry(db: GeoPackageDatabase, { name, geometryType, srid }: GeoPackageLayer): void {
  inserter(db, 'gpkg_geometry_columns').insert(name, 'geom', geometryType!.toUpperCase(), srid, 0, 0);
  db.exec(indexTriggers(name));
}

function describeExtensions(db: GeoPackageDatabase, { name, geometryType }: GeoPackageLayer): void {
  const { insert } = inserter(db, 'gpkg_extensions');
  const annex = 'http://www.geopackage.org/spec130/#extension_';
  if (geometryType) insert(name, 'geom', 'gpkg_rtree_index', `${annex}rtree`, 'write-only');
  for (const table of ['gpkg_metadata', 'gpkg_metadata_reference'])
    insert(table, null, 'gpkg_metadata', `${annex}metadata`, 'read-write');
  for (const table of ['gpkg_data_columns', 'gpkg_data_column_constraints'])
    insert(table, null, 'gpkg_schema', `${annex}schema`, 'read-write');
}

/** Credit and licence of the data. */
function describeOrigin(
  db: GeoPackageDatabase,
  { name, attribution }: GeoPackageLayer,
  lastChange: string,
): void {
  inserter(db, 'gpkg_metadata').insert(
    1,
    'dataset',
    'http://purl.org/dc/terms/rights',
    'text/plain',
    attribution,
  );
  inserter(db, 'gpkg_metadata_reference').insert('table', name, null, null, lastChange, 1, null);
}

// as QGIS makes it when it stores a style in the file
const LAYER_STYLES = `CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
  f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT,
  styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
  update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))`;
const STYLES = 'layer_styles';

function describeStyle(
  db: GeoPackageDatabase,
  { name, title, style }: GeoPackageLayer,
  lastChange: string,
): void {
  if (style === undefined) return;
  db.exec(LAYER_STYLES);
  const place = [null, null, null, null, null];
  inserter(db, 'gpkg_contents').insert(STYLES, 'attributes', STYLES, '', lastChange, ...place);
  const empty = '';
  inserter(db, STYLES).insert(
    1,
    empty,
    empty,
    name,
    'geom',
    title,
    style,
    empty,
    1,
    title,
    empty,
    null,
    lastChange,
  );
}

function inserter(db: GeoPackageDatabase, table: string) {
  const width = db.prepare(`SELECT count(*) AS width FROM pragma_table_info('${table}')`).get()!
    .width as number;
  const statement = db.prepare(
    `INSERT INTO ${table} VALUES (${Array.from({ length: width }, () => '?').join()})`,
  );
  return { insert: (...values: (string | number | null)[]) => void statement.run(...values) };
}
