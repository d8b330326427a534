import type { Operation } from '../http/operation.ts';
import type { Figure } from '../http/request.metrics.ts';
import type { JobSpec } from '../jobs/running.jobs.ts';
import type { Collection } from '../ogc/collection/collection.sql.ts';
import type { Editors } from '../ogc/edit/editor.ts';
import type { FollowedRows } from './followed.sql.ts';

/** What a feature adds to the service. */
export interface Feature {
  operations: readonly Operation[];
  jobs?: readonly JobSpec[];
  /** Layers, in the order in which they are listed. */
  collections?: readonly Collection[];
  followed?: readonly FollowedRows[];
  /** Editors by layer id. */
  editors?: Editors;
  /** Metrics. */
  figures?: readonly Figure[];
}
