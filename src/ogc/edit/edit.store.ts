import { ANONYMOUS } from '../../core/caller.ts';
import type { Database } from '../../db/database.ts';
import { sql } from '../../db/sql.ts';
import type { Crs } from '../../geometry/crs.ts';
import { mapPositions, positionsOf } from './edit.crs.ts';

const DECIMALS = 12; // of a degree: lossless

export const editStore = (db: Database) => ({
  /** A geometry in longitude and latitude, position by position, even if it is invalid. */
  async toLongitudeLatitude(geometry: object, crs: Crs): Promise<object> {
    if (crs.srid === 4326) return crs.isLatitudeFirst ? mapPositions(geometry, flipped) : geometry;
    const given = positionsOf(geometry, crs);
    if (given.length === 0) return geometry;
    const points = JSON.stringify({ type: 'MultiPoint', coordinates: given });
    const row = await db.queryOne<{ points: string }>(
      ANONYMOUS,
      sql`SELECT ST_AsGeoJSON(ST_Transform(ST_SetSRID(ST_GeomFromGeoJSON(${points}), ${crs.srid}::int), 4326),
        ${DECIMALS}, 0) AS points`,
    );
    const positions = (JSON.parse(row.points) as { coordinates: number[][] }).coordinates;
    return mapPositions(geometry, () => positions.shift()!);
  },
});
export type EditStore = ReturnType<typeof editStore>;

const flipped = ([first, second, ...rest]: number[]): number[] => [second!, first!, ...rest];
