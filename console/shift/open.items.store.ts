import type { z } from 'zod';
import type { Alert as AlertSchema } from '../../src/exchange/alerts/alert.schema.ts';
import type { SupportRequest as RequestSchema } from '../../src/features/coordination/request.schema.ts';
import type { Reaction as ReactionSchema } from '../../src/features/impact/reaction.schema.ts';
import type { IncidentInList } from '../../src/features/incidents/incident.answer.ts';
import { read } from '../api/request.ts';
import { may, me } from '../api/session.ts';
import { readAll } from './read.pages.ts';
import type { Handover, Shift } from './shift.store.ts';

export type OpenItem = Handover['items'][number];
type Incident = z.output<typeof IncidentInList>;
type Request = z.output<typeof RequestSchema>;
type Reaction = z.output<typeof ReactionSchema>;
type Alert = z.output<typeof AlertSchema>;
interface Notice {
  id: string;
  geometry: { coordinates: [number, number] } | null;
  properties: { incident: string | null; assistanceDueAt: string | null; assistance: unknown };
}

/** What is known about open items beyond what a handover keeps. */
export interface Sources {
  requests: Map<string, Request>;
  reactions: Map<string, Reaction>;
  alerts: Map<string, Alert>;
  notices: Map<string, Notice>;
  incidents: Map<string, Incident>;
}

export interface OpenItems {
  items: OpenItem[];
  sources: Sources;
}

/** What is open for the agency now, by the lists that a handover is made of. */
export async function readOpenNow({ openedAt }: Shift): Promise<OpenItems> {
  const rows = await readLists({ openedAt, isOpen: true });
  const now = Date.now();
  const item = (
    kind: OpenItem['kind'],
    id: string,
    dueAt: string | null,
    more: Partial<OpenItem>,
  ): OpenItem => ({
    kind,
    id,
    incident: null,
    segment: null,
    dueAt,
    overdue: dueAt !== null && Date.parse(dueAt) < now,
    ...more,
  });
  const items = [
    ...rows.notices
      .filter(({ properties }) => !properties.assistance)
      .map(({ id, properties: { incident, assistanceDueAt } }) =>
        item('distress', id, assistanceDueAt, { incident }),
      ),
    ...rows.requests.map(({ id, incident, dueAt }) => item('request', id, dueAt, { incident })),
    ...rows.alerts.map(({ id, properties: { incident, acknowledgementDueAt } }) =>
      item('alert', id, acknowledgementDueAt, { incident }),
    ),
    ...rows.reactions.map(({ id, segment, dueAt }) => item('reaction', id, dueAt, { segment })),
  ].sort((a, b) => (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9'));
  return { items, sources: await sourcesOf(rows, items) };
}

/** What is known about the items of a handover, answered ones too. */
export async function readHanded({ items }: Handover, { openedAt }: Shift): Promise<OpenItems> {
  return { items, sources: await sourcesOf(await readLists({ openedAt, isOpen: false }), items) };
}

interface Lists {
  requests: Request[];
  reactions: Reaction[];
  alerts: Alert[];
  notices: Notice[];
}

async function readLists({ openedAt, isOpen }: { openedAt: string; isOpen: boolean }): Promise<Lists> {
  const { agency = '', country = '' } = me.value ?? {};
  const list = <Row>(operation: string, path: string, member: string, query: Record<string, string>) =>
    may(operation) ? readAll<Row>(path, member, query) : Promise.resolve([]);
  const state = isOpen ? { state: 'open,accepted' } : ({} as Record<string, string>);
  const [mine, ofCountry, reactions, alerts, notices] = await Promise.all([
    list<Request>('listRequests', '/requests', 'requests', { ...state, to: agency }),
    list<Request>('listRequests', '/requests', 'requests', { ...state, to: country }),
    list<Reaction>('listReactions', '/reactions', 'reactions', { country, ...(isOpen && { state: 'open' }) }),
    list<Alert>('listAlerts', '/alerts', 'features', {
      datetime: `${openedAt}/..`,
      ...(isOpen && { acknowledged: 'false' }),
    }),
    list<Notice>('listOpenDistressNotices', '/distress/open', 'features', {}),
  ]);
  return { requests: [...mine, ...ofCountry], reactions, alerts, notices };
}

const byId = <Row extends { id: string }>(rows: readonly Row[]) => new Map(rows.map((row) => [row.id, row]));

async function sourcesOf(
  { requests, reactions, alerts, notices }: Lists,
  items: readonly OpenItem[],
): Promise<Sources> {
  const known = byId(requests);
  const ids = items.flatMap(({ incident }) => incident ?? []);
  const more = items.flatMap(({ kind, id }) => (kind === 'request' ? (known.get(id)?.incident ?? []) : []));
  return {
    requests: known,
    reactions: byId(reactions),
    alerts: byId(alerts),
    notices: byId(notices),
    incidents: byId(await readIncidents([...new Set([...ids, ...more])])),
  };
}

// a filter holds 4,000 characters
const IDS_A_FILTER = 80;

/** Those of these incidents that the caller sees. */
export async function readIncidents(ids: readonly string[]): Promise<Incident[]> {
  const chunks = Array.from({ length: Math.ceil(ids.length / IDS_A_FILTER) }, (_, i) =>
    ids.slice(i * IDS_A_FILTER, (i + 1) * IDS_A_FILTER),
  );
  const pages = await Promise.all(
    chunks.map((chunk) =>
      read<{ features: Incident[] }>('/collections/incidents/items', {
        filter: `id IN (${chunk.map((id) => `'${id}'`)})`,
        limit: IDS_A_FILTER,
      }),
    ),
  );
  return pages.flatMap(({ features }) => features);
}
