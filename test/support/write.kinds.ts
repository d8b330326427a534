import type { Test } from 'supertest';
import type { CountryCode, Role } from '../../src/core/caller.ts';
import { sql } from '../../src/db/sql.ts';
import { overdueStore } from '../../src/features/coordination/overdue.store.ts';
import { cellStore } from '../../src/features/incidents/cell.store.ts';
import { purgeAll, purgeStore } from '../../src/features/retention/purge.store.ts';
import { asTableOwner } from './audit.ts';
import { aMandate, anAgency } from './builders.agencies.ts';
import { anIncident, aZone } from './builders.ts';
import { agreeZone, decide, proposeZone } from './builders.zones.ts';
import { keyFor, RESCUE_AGENCY } from './rescue.ts';
import { agencyOf, as, keyOf, type TestService } from './service.ts';
import { subscriptionSteps } from './subscriptions.ts';
import type { Receiver } from './webhook.receiver.ts';

/** One kind of write: what a service does before it, and the write itself. */
export interface WriteKind {
  title: string;
  /** How it is asked for: a request, or a job of the service. */
  request: string;
  prepare: () => Promise<() => PromiseLike<unknown>> | (() => PromiseLike<unknown>);
}

const of = (country: CountryCode, role: Role) => as(keyOf(country, role));
const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

/** Steps through HTTP that fail with what was answered. */
function stepsOf(service: TestService) {
  const { api, db } = service;
  const must = async (request: Test): Promise<string> => {
    const { status, text, body } = await request;
    if (status >= 300) throw new Error(`${status} ${text}`);
    return body.id;
  };
  const send = (path: string, headers: Record<string, string>, body: object = {}) =>
    must(api.post(`/v1${path}`).set(headers).send(body));
  return {
    must,
    send,
    report: (id: string, body: object, headers = of('TUN', 'reporter')) =>
      send(`/incidents/${id}/reports`, headers, body),
    create: (more: object = {}) =>
      send('/incidents', of('TUN', 'reporter'), anIncident({ occurredAt: minutesAgo(1), ...more })),
    async ask(id: string): Promise<string> {
      const dueAt = '2099-01-01T12:00:00Z';
      const text = 'One drone for the night.';
      const body = { kind: 'support', needs: ['drones'], to: ['DZA'], dueAt, text };
      return send(`/incidents/${id}/requests`, of('TUN', 'reporter'), body);
    },
    async noticeOf(id: string): Promise<string> {
      const statement = sql`SELECT n.id FROM base.distress_notice AS n WHERE n.incident = ${id}`;
      const [row] = await asTableOwner<{ id: string }>(db, statement);
      return row!.id;
    },
    /** As if its time had come. */
    age: (id: string) =>
      asTableOwner(
        db,
        sql`WITH quiet AS MATERIALIZED (SELECT set_config('session_replication_role', 'replica', true))
            UPDATE base.incident SET updated_at = now() - interval '31 days' FROM quiet WHERE id = ${id}`,
      ),
    overdue: (id: string) =>
      asTableOwner(
        db,
        sql`UPDATE base.incident_due SET due_at = CASE incident WHEN ${id}::uuid THEN now() ELSE 'infinity' END`,
      ),
  };
}

export type World = Awaited<ReturnType<typeof makeWorld>>;

/** A joint zone at the border, and an agency of Algeria with alerts about everything, also by a webhook. */
export async function makeWorld(service: TestService, receiver: Receiver) {
  const steps = stepsOf(service);
  const zone = await agreeZone(service.api, 'TUN', { tlp: 'AMBER' });
  const subscriptions = subscriptionSteps(service);
  await subscriptions.subscribe('DZA', { triggers: ['created', 'updated', 'closed', 'overdue'] });
  await steps.send('/webhooks', of('DZA', 'coordinator'), { url: receiver.url });
  const rescuer = await keyFor(service, 'TUN', RESCUE_AGENCY.TUN, ['reporter']);
  return { ...steps, service, receiver, zone, subscriptions, rescuer, fresh: { tlp: 'GREEN' } };
}

const AT_LIBYA: [number, number] = [11.2, 33.1];
const DISTRESS = { kind: 'distress', at: AT_LIBYA, tlp: 'RED' };

const incidents = ({ service, send, report, create, fresh, ...world }: World): WriteKind[] => [
  {
    title: 'Create an incident',
    request: 'POST /v1/incidents',
    prepare: () => () => create(fresh),
  },
  {
    title: 'Create an incident of distress',
    request: 'POST /v1/incidents',
    prepare: () => () => create(DISTRESS),
  },
  {
    title: 'Import two incidents',
    request: 'POST /v1/incidents/import',
    prepare: () => () =>
      world.must(
        service.api
          .post('/v1/incidents/import')
          .set({ ...of('TUN', 'reporter'), 'Content-Type': 'application/geo+json-seq' })
          .send([1, 2].map((n) => JSON.stringify(anIncident({ externalId: `import-${n}` }))).join('\n')),
      ),
  },
  {
    title: 'Report a change of an incident',
    request: 'POST /v1/incidents/{incidentId}/reports',
    async prepare() {
      const id = await create(fresh);
      return () => report(id, { severity: 'severe', text: 'Seen again.' });
    },
  },
  {
    title: 'Add a text from another country to an incident',
    request: 'POST /v1/incidents/{incidentId}/reports',
    async prepare() {
      const id = await create(fresh);
      return () => report(id, { text: 'Seen from our side too.' }, of('DZA', 'reporter'));
    },
  },
  {
    title: 'Narrow the label of an incident',
    request: 'POST /v1/release',
    async prepare() {
      const id = await create(fresh);
      await report(id, { text: 'Seen again.' });
      await world.subscriptions.tell();
      return () =>
        send('/release', of('TUN', 'coordinator'), { collection: 'incidents', id, tlp: 'AMBER+STRICT' });
    },
  },
  {
    title: 'Cancel an incident',
    request: 'POST /v1/incidents/{incidentId}/reports',
    async prepare() {
      const id = await create(fresh);
      return () => report(id, { state: 'cancelled' });
    },
  },
  {
    title: 'Say what became of people in distress',
    request: 'POST /v1/distress/{noticeId}/assistance',
    async prepare() {
      const notice = await world.noticeOf(await create(DISTRESS));
      return () =>
        send(`/distress/${notice}/assistance`, world.rescuer, { state: 'given', outcome: 'rescued' });
    },
  },
  {
    title: 'Close an incident of distress',
    request: 'POST /v1/incidents/{incidentId}/reports',
    async prepare() {
      const id = await create(DISTRESS);
      const assistance = `/distress/${await world.noticeOf(id)}/assistance`;
      await send(assistance, world.rescuer, { state: 'given', outcome: 'rescued' });
      return () => report(id, { state: 'closed' });
    },
  },
];

const coordination = ({ service, must, send, create, fresh, ...world }: World): WriteKind[] => [
  {
    title: 'Acknowledge an incident',
    request: 'POST /v1/incidents/{incidentId}/acknowledgements',
    async prepare() {
      const id = await create(fresh);
      return () => send(`/incidents/${id}/acknowledgements`, of('TUN', 'reporter'));
    },
  },
  {
    title: 'Respond to an incident',
    request: 'POST /v1/incidents/{incidentId}/responses',
    async prepare() {
      const id = await create(fresh);
      return () => send(`/incidents/${id}/responses`, of('DZA', 'operator'), { kind: 'patrol' });
    },
  },
  {
    title: 'Ask another country for help',
    request: 'POST /v1/incidents/{incidentId}/requests',
    async prepare() {
      const id = await create(fresh);
      return () => world.ask(id);
    },
  },
  {
    title: 'Answer a request',
    request: 'PATCH /v1/requests/{requestId}',
    async prepare() {
      const id = await world.ask(await create(fresh));
      return () =>
        must(service.api.patch(`/v1/requests/${id}`).set(of('DZA', 'operator')).send({ state: 'accepted' }));
    },
  },
  {
    title: 'Alert agencies of an overdue acknowledgement',
    request: 'job: src/features/coordination/overdue.job.ts',
    async prepare() {
      await world.overdue(await create(fresh));
      return () => overdueStore(service.db).fire();
    },
  },
];

const shifts = ({ service, must, send, create }: World): WriteKind[] => {
  let rooms = 0;
  const open = () =>
    send('/shifts', of('TUN', 'reporter'), { place: { kind: 'room', name: `Exercise room ${++rooms}` } });
  const offer = (id: string) => send(`/shifts/${id}/handover`, of('TUN', 'reporter'));
  return [
    { title: 'Open a shift', request: 'POST /v1/shifts', prepare: () => open },
    {
      title: 'Add a note to a shift',
      request: 'POST /v1/shifts/{shiftId}/entries',
      async prepare() {
        const id = await open();
        return () => send(`/shifts/${id}/entries`, of('TUN', 'reporter'), { text: 'All quiet.' });
      },
    },
    {
      title: 'Offer the handover of a shift with an open item',
      request: 'POST /v1/shifts/{shiftId}/handover',
      async prepare() {
        const id = await open();
        await create(DISTRESS);
        return () => offer(id);
      },
    },
    {
      title: 'Take back the offer of a handover',
      request: 'DELETE /v1/shifts/{shiftId}/handover',
      async prepare() {
        const id = await open();
        await create(DISTRESS);
        await offer(id);
        return () => must(service.api.delete(`/v1/shifts/${id}/handover`).set(of('TUN', 'reporter')));
      },
    },
    {
      title: 'Confirm a handover',
      request: 'POST /v1/shifts/{shiftId}/handover/confirmation',
      async prepare() {
        const id = await open();
        await offer(id);
        return () => send(`/shifts/${id}/handover/confirmation`, of('TUN', 'operator'), { offer: 1 });
      },
    },
  ];
};

const zones = ({ service, must, send, ...world }: World): WriteKind[] => {
  const draft = () => send('/zones', of('TUN', 'operator'), aZone());
  return [
    { title: 'Draft a zone', request: 'POST /v1/zones', prepare: () => draft },
    {
      title: 'Propose a zone',
      request: 'POST /v1/zones/{zoneId}/proposal',
      async prepare() {
        const id = await draft();
        return () => send(`/zones/${id}/proposal`, of('TUN', 'operator'));
      },
    },
    {
      title: 'Approve a zone as the last participant',
      request: 'POST /v1/zones/{zoneId}/consents',
      async prepare() {
        const { id } = await proposeZone(service.api, 'TUN');
        const approval = { decision: 'approve', revision: 1 };
        await decide(service.api, id, 'TUN', approval).expect(201);
        return () => must(decide(service.api, id, 'DZA', approval));
      },
    },
    {
      title: 'Propose the next revision of a zone in force',
      request: 'PATCH /v1/zones/{zoneId}',
      async prepare() {
        const { id } = await agreeZone(service.api, 'TUN');
        const change = { properties: { purpose: 'Joint watch at night' } };
        return () => must(service.api.patch(`/v1/zones/${id}`).set(of('TUN', 'operator')).send(change));
      },
    },
    {
      title: 'Change the label of a zone',
      request: 'POST /v1/release',
      async prepare() {
        const { id } = await agreeZone(service.api, 'TUN', { tlp: 'AMBER' });
        return () => send('/release', of('TUN', 'coordinator'), { collection: 'zones', id, tlp: 'GREEN' });
      },
    },
    {
      title: 'Suspend a zone by withdrawing consent',
      request: 'POST /v1/zones/{zoneId}/consents',
      async prepare() {
        const { id, properties } = world.zone;
        const withdrawal = { decision: 'withdraw', revision: properties.revision };
        return () => must(decide(service.api, id, 'DZA', withdrawal));
      },
    },
  ];
};

const alerts = ({ service, receiver, must, send, create, fresh, ...world }: World): WriteKind[] => [
  {
    title: 'Subscribe to incidents',
    request: 'POST /v1/subscriptions',
    prepare: () => () => world.subscriptions.subscribe('TUN', { triggers: ['created'] }),
  },
  {
    title: 'Alert the agencies that subscribed',
    request: 'job: src/exchange/alerts/alert.job.ts',
    async prepare() {
      await world.subscriptions.tell();
      await create(fresh);
      return () => world.subscriptions.evaluation.pass();
    },
  },
  {
    title: 'Acknowledge an alert',
    request: 'POST /v1/alerts/{alertId}/acknowledgement',
    async prepare() {
      const statement = sql`SELECT id FROM base.alert WHERE country = 'DZA' AND subscription IS NOT NULL AND acknowledged_at IS NULL AND NOT is_withdrawn
        ORDER BY at DESC LIMIT 1`;
      const [alert] = await asTableOwner<{ id: string }>(service.db, statement);
      return () => send(`/alerts/${alert!.id}/acknowledgement`, of('DZA', 'operator'));
    },
  },
  {
    title: 'Register a webhook',
    request: 'POST /v1/webhooks',
    prepare: () => () => send('/webhooks', of('TUN', 'coordinator'), { url: receiver.url }),
  },
];

const reference = ({ must, send, service }: World): WriteKind[] => [
  {
    title: 'State the status of a crossing',
    request: 'POST /v1/crossings/{crossingId}/status',
    prepare: () => () => send('/crossings/bouchebka/status', of('TUN', 'operator'), { state: 'open' }),
  },
  {
    title: 'Send what was counted at a crossing',
    request: 'POST /v1/crossings/{crossingId}/indicators',
    prepare: () => () =>
      send('/crossings/bouchebka/indicators', of('TUN', 'reporter'), {
        day: '2026-10-01',
        passengers: 4210,
        method: 'register',
      }),
  },
  {
    title: 'Add an agency',
    request: 'PUT /v1/agencies/{agencyId}',
    prepare: () => () =>
      must(service.api.put('/v1/agencies/tun-exercise-desk').set(of('TUN', 'admin')).send(anAgency())),
  },
  {
    title: 'Give an agency a mandate',
    request: 'POST /v1/mandates',
    prepare: () => () => send('/mandates', of('TUN', 'admin'), aMandate()),
  },
  {
    title: 'Make a key',
    request: 'POST /v1/keys',
    prepare: () => () =>
      send('/keys', of('TUN', 'admin'), {
        agency: agencyOf(keyOf('TUN', 'reporter')),
        roles: ['reader'],
        name: 'QGIS of the duty desk',
      }),
  },
];

const upkeep = ({ service, must, create, report, ...world }: World): WriteKind[] => [
  {
    title: 'Hold an incident for a court',
    request: 'PUT /v1/incidents/{incidentId}/legal-hold',
    async prepare() {
      const path = `/v1/incidents/${await create()}/legal-hold`;
      const reason = 'Court order of 3 November 2026';
      return () => must(service.api.put(path).set(of('TUN', 'coordinator')).send({ reason }));
    },
  },
  {
    title: 'Purge an incident whose retention has ended',
    request: 'job: src/features/retention/purge.job.ts',
    async prepare() {
      const id = await create({ kind: 'fire', nature: 'test', tlp: 'GREEN' });
      await report(id, { text: 'Seen again.' });
      await world.subscriptions.tell();
      await world.age(id);
      const rules = [{ nature: 'test', kind: 'fire', days: 30 }] as const;
      return () => purgeAll(purgeStore(service.db), rules);
    },
  },
  {
    title: 'Fold counts of the map',
    request: 'job: src/features/incidents/cell.job.ts',
    prepare: () => () => cellStore(service.db).fold(),
  },
];

/** Each kind of write that docs/database.md shows, by chapter. */
export const writeKinds = (world: World): Record<string, WriteKind[]> => ({
  Incidents: incidents(world),
  Coordination: coordination(world),
  Shifts: shifts(world),
  Zones: zones(world),
  'Alerts and webhooks': alerts(world),
  'Reference data and keys': reference(world),
  Upkeep: upkeep(world),
});
