import type { Caller } from '../../core/caller.ts';
import type { WorldReader } from '../../core/world.ts';
import type { Database } from '../../db/database.ts';
import type { RowWays } from '../../ogc/collection/row.ways.store.ts';
import { type StrangerLimits, strangerLimits } from '../../ogc/collection/stranger.limits.store.ts';
import type { Feature } from '../feature.ts';
import { startCellFolding } from './cell.job.ts';
import { cellStore } from './cell.store.ts';
import { countOperations } from './count.routes.ts';
import { countStore } from './count.store.ts';
import { startDoubleLinking } from './double.job.ts';
import { doubleOperations } from './double.routes.ts';
import { followedDoubles } from './double.sql.ts';
import { doubleStore } from './double.store.ts';
import { importOperations } from './import.routes.ts';
import { importStore } from './import.store.ts';
import { incidentCollection } from './incident.collection.sql.ts';
import { incidentEditor } from './incident.editor.ts';
import { incidentOperations } from './incident.routes.ts';
import { incidentSearchOperations } from './incident.search.routes.ts';
import { incidentStore } from './incident.store.ts';
import { reportOperations } from './report.routes.ts';
import { reportStore } from './report.store.ts';
import { startTextRenewal } from './text.job.ts';
import { textStore } from './text.store.ts';

interface IncidentSettings {
  ways: RowWays;
  world: WorldReader;
  limits?: StrangerLimits | undefined;
}

export function incidents(db: Database, { ways, world, limits }: IncidentSettings) {
  const strangers = strangerLimits(db, limits);
  const incidents = incidentStore(db, { ways, strangers });
  const reports = reportStore(db);
  const doubles = doubleStore(db);
  const feature: Feature = {
    collections: [incidentCollection],
    followed: [followedDoubles],
    editors: { incidents: incidentEditor(incidents, reports) },
    operations: [
      // before those of one incident, whose path would take `counts` for an id
      ...countOperations(countStore(strangers)),
      ...incidentOperations(incidents),
      ...reportOperations(reports),
      ...importOperations(importStore(db), world),
      ...incidentSearchOperations(incidents),
      ...doubleOperations(doubles),
    ],
    jobs: [
      { name: 'cell-folding', start: (_, report) => startCellFolding(cellStore(db), report) },
      { name: 'double-linking', start: (_, report) => startDoubleLinking(doubles, report) },
      { name: 'text-renewal', start: (_, report) => startTextRenewal(textStore(db), report) },
    ],
  };
  const readers = {
    incident: async (caller: Caller, id: string) => (await incidents.find(caller, id))?.feature,
    report: reports.find,
    reports: reports.list,
  };
  return { ...feature, readers };
}
