import { v7 as uuidv7 } from 'uuid';
import type { Caller } from '../../core/caller.ts';
import type { Precondition } from '../../core/precondition.ts';
import { forbidden, inBody, invalidInput, notFound } from '../../core/problem.ts';
import { check } from '../../http/input.errors.ts';
import type { Editor, FeatureInput, WrittenFeature } from '../../ogc/edit/editor.ts';
import { NewIncident } from './incident.content.ts';
import { reportOf, withCounts } from './incident.difference.ts';
import { idTaken } from './incident.problem.ts';
import { REPORTING_ROLES } from './incident.roles.ts';
import { NewIncidentId } from './incident.schema.ts';
import type { IncidentStore } from './incident.store.ts';
import { permitReport } from './report.permission.ts';
import type { NewReport } from './report.schema.ts';
import type { ReportStore, StoredIncident } from './report.store.ts';

// flat and nested form of this example are the same, since it has no counts
const EXAMPLES = {
  feature: NewIncident.meta()?.example as Editor['examples']['feature'],
  change: { severity: 'moderate' },
};

/** Edits incidents in a layer: changes become a report, a removal becomes a cancellation. */
export const incidentEditor = (incidents: IncidentStore, reports: ReportStore): Editor => {
  async function create(caller: Caller, id: string, wanted: FeatureInput): Promise<WrittenFeature> {
    const made = await incidents.create(caller, id, readNew(wanted));
    if (made.outcome === 'taken') throw idTaken(id);
    return { id, version: made.version, isNew: made.outcome === 'created' };
  }

  /** undefined: the caller sees no such incident. */
  async function report({ caller, id, precondition, say }: Report): Promise<WrittenFeature | undefined> {
    const { version } = await reports.add(caller, id, (current) => {
      if (!current) return undefined;
      refuseForeign(caller, current);
      const said = say(current);
      if (said) permitReport(caller, id, said, current);
      precondition(current.version);
      return said;
    });
    return version === undefined ? undefined : { id, version };
  }

  return {
    roles: REPORTING_ROLES,
    paths: { countsBest: 'counts.best', countsLow: 'counts.low', countsHigh: 'counts.high' },
    needs: ['kind', 'severity', 'certainty', 'occurredAt', 'horizontalAccuracyMetres'],
    examples: EXAMPLES,

    async create(caller, wanted) {
      const id = wanted.id ?? uuidv7();
      const made = await create(caller, id, wanted);
      if (!made.isNew) throw idTaken(id);
      return made;
    },

    async replace(caller, id, wanted, precondition) {
      // checks the whole content, new or not; only an existing incident may have another state
      readNew({ ...wanted, id: undefined, properties: withoutState(wanted) });
      const say = (current: StoredIncident) => reportOf(wanted, current);
      const written = await report({ caller, id, precondition, say });
      if (written) return written;
      if (!NewIncidentId.safeParse(id).success) throw notFound('incident', id);
      precondition(undefined);
      const made = await create(caller, id, wanted);
      if (!made.isNew) precondition(made.version);
      return made;
    },

    async update(caller, id, wanted, precondition) {
      const say = (current: StoredIncident) => reportOf(withCounts(wanted, current), current);
      return (await report({ caller, id, precondition, say })) ?? missing(id);
    },

    async remove(caller, id, precondition) {
      const say = ({ state }: StoredIncident): NewReport | undefined =>
        state === 'cancelled' ? undefined : { state: 'cancelled' };
      if (!(await report({ caller, id, precondition, say }))) missing(id);
    },
  };
};

interface Report {
  caller: Caller;
  id: string;
  precondition: Precondition;
  /** undefined if the incident already is as requested. */
  say(current: StoredIncident): NewReport | undefined;
}

function readNew({ id, geometry, properties: { state, ...properties } }: FeatureInput): NewIncident {
  if (state !== undefined && state !== 'open')
    throw invalidInput([inBody('properties.state', 'new-is-open')], 422);
  return check(NewIncident, { type: 'Feature', id, geometry, properties }, 'body') as NewIncident;
}

const withoutState = ({ properties: { state: _, ...properties } }: FeatureInput) => properties;

function refuseForeign({ country }: Caller, { owner }: StoredIncident): void {
  if (country === owner) return;
  throw forbidden('incident-of-others', { owner });
}

function missing(id: string): never {
  throw notFound('incident', id);
}
