import { effect, signal } from '@preact/signals';
import type { z } from 'zod';
import type { SupportRequest } from '../../src/features/coordination/request.schema.ts';
import type { Response as Reaction } from '../../src/features/coordination/response.schema.ts';
import type { Incident } from '../../src/features/incidents/incident.answer.ts';
import type { Report } from '../../src/features/incidents/report.schema.ts';
import type { Location } from '../../src/features/locate/locate.schema.ts';
import type { Procedure } from '../../src/features/procedures/procedure.schema.ts';
import { type Change, onChange, onReset } from '../api/live.ts';
import { Refusal, read } from '../api/request.ts';
import { me } from '../api/session.ts';
import { together } from '../api/together.ts';
import { view } from '../app/address.ts';
import { refusalText } from '../app/write.ts';

interface Done {
  agency: string;
  country: string;
  at: string;
}
export interface SameAs {
  incident: string;
  state: 'possible' | 'confirmed' | 'refused';
}

/** One incident with everything about it that this reader may see. */
export interface Detail {
  id: string;
  incident: z.output<typeof Incident>;
  location: z.output<typeof Location> | undefined;
  reports: z.output<typeof Report>[];
  acknowledgements: Done[];
  responses: z.output<typeof Reaction>[];
  milestones?:
    | { firstAcknowledgement: Done | null; firstResponse: Done | null; closing: Done | null }
    | undefined;
  requests: z.output<typeof SupportRequest>[];
  procedures: z.output<typeof Procedure>[];
  sameAs: SameAs[];
}

export const detail = signal<Detail | undefined>(undefined);
export const detailFailure = signal<{ text: string; isGone: boolean } | undefined>(undefined);

/** Of a form about the incident. `done` closes its dialog; what was typed stays in it until then. */
export interface FormParts {
  shown: Detail;
  done: () => void;
}

const MOST = 100;
let reading: AbortController | undefined;

export async function refreshDetail(): Promise<void> {
  reading?.abort();
  const id = view.peek().incident;
  if (!id) {
    detail.value = undefined;
    return;
  }
  reading = new AbortController();
  const { signal: aborted } = reading;
  try {
    const found = await readDetail(id, aborted);
    if (aborted.aborted) return;
    detail.value = found;
    detailFailure.value = undefined;
  } catch (error) {
    if (aborted.aborted) return;
    const isGone = error instanceof Refusal && error.status === 404;
    if (isGone || detail.value?.id !== id) detail.value = undefined;
    detailFailure.value = { text: refusalText(error), isGone };
  }
}

async function readDetail(id: string, aborted: AbortSignal): Promise<Detail> {
  const path = `/incidents/${id}`;
  const incident = await read<Detail['incident']>(path, undefined, aborted);
  const [lon, lat] = incident.geometry.coordinates as [number, number];
  const accuracyMetres = incident.properties.horizontalAccuracyMetres;
  const list = async <T>(name: string, member: string, query = {}): Promise<T[]> =>
    me.peek() || name === 'reports'
      ? (await read<Record<string, T[]>>(name.startsWith('/') ? name : `${path}/${name}`, query, aborted))[
          member
        ]!
      : [];
  const [location, reports, acknowledgements, responses, milestones, requests, procedures, sameAs] =
    await Promise.all([
      read<Detail['location']>('/locate', { lon, lat, accuracyMetres }, aborted),
      list<Detail['reports'][number]>('reports', 'reports'),
      list<Done>('acknowledgements', 'acknowledgements'),
      list<Detail['responses'][number]>('responses', 'responses'),
      me.peek() ? read<Detail['milestones']>(`${path}/milestones`, undefined, aborted) : undefined,
      list<Detail['requests'][number]>('/requests', 'requests', { incident: id, limit: MOST }),
      list<Detail['procedures'][number]>('/procedures', 'procedures', { incident: id, state: 'inForce' }),
      list<SameAs>('same-as', 'sameAs'),
    ]);
  return {
    id,
    incident,
    location,
    reports,
    acknowledgements,
    responses,
    milestones,
    requests,
    procedures,
    sameAs,
  };
}

const ABOUT = ['reports', 'responses', 'acknowledgements', 'requests', 'same-as', 'procedures'];

/** A removal names no incident. */
function isAbout(incident: string, { collection, id, feature }: Change): boolean {
  if (collection === 'incidents') return id === incident;
  return ABOUT.includes(collection) && [undefined, incident].includes(feature?.properties.incident as string);
}

/** Reads the selected incident, and again when anything about it changes. */
export function beginDetail(): void {
  const refreshSoon = together(refreshDetail, 100);
  let last = '';
  effect(() => {
    const { incident } = view.value;
    if (incident === last) return;
    last = incident;
    detailFailure.value = undefined;
    void refreshDetail();
  });
  onReset(() => void refreshDetail());
  onChange((change) => {
    const { incident } = view.peek();
    if (incident && isAbout(incident, change)) refreshSoon();
  });
}
