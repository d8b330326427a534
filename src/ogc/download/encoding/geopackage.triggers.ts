/** Triggers that maintain the index when others edit the file: GeoPackage 1.3, annex F.3. */
export function indexTriggers(table: string): string {
  const index = `"rtree_${table}_geom"`;
  const put = `INSERT OR REPLACE INTO ${index} VALUES
    (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));`;
  const remove = `DELETE FROM ${index} WHERE id = OLD.fid;`;
  const isThere = 'NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom)';
  const isAway = 'NEW.geom ISNULL OR ST_IsEmpty(NEW.geom)';
  const trigger = (name: string, event: string, condition: string, work: string): string =>
    `CREATE TRIGGER "rtree_${table}_geom_${name}" AFTER ${event} ON "${table}" WHEN ${condition} BEGIN ${work} END;`;
  return [
    trigger('insert', 'INSERT', `(${isThere})`, put),
    trigger('update1', 'UPDATE OF geom', `OLD.fid = NEW.fid AND (${isThere})`, put),
    trigger('update2', 'UPDATE OF geom', `OLD.fid = NEW.fid AND (${isAway})`, remove),
    trigger('update3', 'UPDATE', `OLD.fid != NEW.fid AND (${isThere})`, `${remove} ${put}`),
    trigger(
      'update4',
      'UPDATE',
      `OLD.fid != NEW.fid AND (${isAway})`,
      `DELETE FROM ${index} WHERE id IN (OLD.fid, NEW.fid);`,
    ),
    trigger('delete', 'DELETE', 'OLD.geom NOT NULL', remove),
  ].join('\n');
}
