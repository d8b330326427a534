import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { INCIDENT_KINDS } from '../../src/features/incidents/incident.vocabulary.ts';
import { ask } from '../support/audit.ts';
import { anIncident } from '../support/builders.ts';
import { capErrors, insertAlert, parametersOf } from '../support/cap.ts';
import { agencyOf, as, keyOf, startService, type TestService } from '../support/service.ts';
import { asText, parseXml } from '../support/xml.ts';

const REPORTER = as(keyOf('TUN', 'reporter'));
const AGENCY = agencyOf(keyOf('TUN', 'reporter'));
const OTHER = agencyOf(keyOf('DZA', 'reader'));

let service: TestService;
let plain: TestService['api'];
/** Under an address of its own. */
let api: TestService['api'];
beforeAll(async () => {
  service = await startService();
  plain = service.api;
  api = service.apiWith({ publicUrl: 'https://border.example' });
});
afterAll(() => service.stop());

async function report(properties: Parameters<typeof anIncident>[0] = {}): Promise<string> {
  const { body } = await api
    .post('/v1/incidents')
    .set(REPORTER)
    .send(anIncident({ tlp: 'CLEAR', ...properties }))
    .expect(201);
  return body.id;
}

const capOf = async (path: string, headers: Record<string, string> = REPORTER) => {
  const answer = await api.get(`/v1${path}.cap`).set(headers).buffer().parse(asText).expect(200);
  expect(answer.headers['content-type']).toBe('application/cap+xml');
  const text = answer.body as unknown as string;
  expect(await capErrors(text)).toEqual([]);
  return { ...parseXml(text).alert, text };
};
const incidentCap = (id: string, headers?: Record<string, string>) => capOf(`/incidents/${id}`, headers);

test('the schema refuses documents that are not CAP', async () => {
  const good = await api
    .get(`/v1/incidents/${await report()}.cap`)
    .buffer()
    .parse(asText)
    .expect(200);
  const text = String(good.body);
  expect(await capErrors(text)).toEqual([]);
  const bad = [
    text.replaceAll('-00:00<', 'Z<'),
    text.replace('<msgType>Alert', '<msgType>Alarm'),
    text.replace(/<scope>.*<\/scope>/, ''),
    text.replace(/<sender>.*<\/sender>/, (sender) => sender + sender),
  ];
  for (const one of bad) expect(await capErrors(one)).not.toEqual([]);
});

describe('an incident as CAP', () => {
  test('says what, where and how severe in English, French and Arabic', async () => {
    const id = await report({
      nature: 'test',
      at: [8.42, 35.2],
      severity: 'severe',
      certainty: 'likely',
      occurredAt: '2026-02-01T06:30:00.5Z',
      horizontalAccuracyMetres: 250,
      description: 'Three lorries at the track.',
    });
    const alert = await incidentCap(id);
    expect(alert).toMatchObject({
      identifier: `tripoint.incident.${id}.1`,
      sender: `${AGENCY}@border.example`,
      status: 'Test',
      msgType: 'Alert',
      scope: 'Public',
      code: 'TLP:CLEAR',
      note: 'TEST · ESSAI · اختبار',
      incidents: id,
    });
    expect(alert.sent).toMatch(/^2\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d-00:00$/);
    expect(alert.info.map(({ language }: { language: string }) => language)).toEqual(['en', 'fr', 'ar']);
    const [en, fr, ar] = alert.info;
    for (const info of alert.info)
      expect(info).toMatchObject({
        category: ['Security'],
        responseType: ['Monitor', 'Assess'],
        urgency: 'Immediate',
        severity: 'Severe',
        certainty: 'Likely',
        eventCode: { valueName: 'tripoint:kind', value: 'smuggling_fuel' },
        onset: '2026-02-01T06:30:00-00:00',
        description: 'Three lorries at the track.',
        web: `https://border.example/v1/incidents/${id}`,
        area: { circle: '35.2,8.42 0.25' },
      });
    expect([en.event, fr.event, ar.event]).toEqual([
      'Fuel smuggling',
      'Contrebande de carburant',
      'تهريب وقود',
    ]);
    expect(en.headline).toMatch(
      /^TEST – Fuel smuggling \(severe\) – Algeria–Tunisia border, km \d+\.\d, segment Bouchebka/,
    );
    expect(fr.headline).toMatch(/^ESSAI – .* \(grave\) – Frontière algéro-tunisienne, km \d+,\d/);
    expect(ar.area.areaDesc).toMatch(/^الحدود الجزائرية التونسية، كم \d+\.\d، قطاع بوشبكة/);
    expect(ar.senderName).toMatch(/\p{Script=Arabic}/u);
    const { body } = await api.get(`/v1/incidents/${id}`).expect(200);
    const { borderKm, segment, border, distanceToBorderMetres } = body.properties;
    expect(parametersOf(en)).toMatchObject({
      border,
      segment,
      borderKm: String(borderKm),
      distanceToBorderMetres: String(distanceToBorderMetres),
      state: 'open',
    });
  });

  test('is Actual for a real incident, and in no other element', async () => {
    const alert = await incidentCap(await report({ nature: 'actual' }));
    expect([alert.status, alert.note]).toEqual(['Actual', undefined]);
    expect(alert.info[0].headline).toMatch(/^Fuel smuggling/);
  });

  test('names the nearby crossing', async () => {
    const { body } = await api.get('/v1/crossings/bouchebka').expect(200);
    const [lon, lat] = body.geometry.coordinates;
    const [en, , ar] = (await incidentCap(await report({ at: [lon, lat + 0.005] }))).info;
    expect(en.area.areaDesc).toContain(`near the crossing ${body.properties.names.en}`);
    expect(ar.area.areaDesc).toContain(body.properties.names.ar);
    const [far] = (await incidentCap(await report({ at: [lon - 0.3, lat] }))).info;
    expect(far.area.areaDesc).not.toContain('near the crossing');
  });

  test('becomes an update of its first message, and finally a cancellation', async () => {
    const id = await report();
    const first = await incidentCap(id);
    const reports = (body: object) =>
      api.post(`/v1/incidents/${id}/reports`).set(REPORTER).send(body).expect(201);
    await reports({ severity: 'extreme' });
    const second = await incidentCap(id);
    expect(second).toMatchObject({
      identifier: `tripoint.incident.${id}.2`,
      msgType: 'Update',
      references: [first.sender, first.identifier, first.sent].join(),
      incidents: first.incidents,
    });
    expect(second.info[0].severity).toBe('Extreme');
    await reports({ state: 'cancelled' });
    const third = await incidentCap(id);
    expect(third).toMatchObject({ msgType: 'Cancel', references: second.references });
    expect(third.info[0]).toMatchObject({ urgency: 'Past', responseType: ['None'] });
  });

  test.each([
    [{ tlp: 'GREEN' }, 'Restricted', 'TLP:GREEN DZA LBY TUN', undefined],
    [{ tlp: 'AMBER', releasableTo: ['LBY'] }, 'Restricted', 'TLP:AMBER LBY TUN', undefined],
    [{ tlp: 'AMBER+STRICT' }, 'Restricted', 'TLP:AMBER+STRICT TUN', undefined],
    [{ tlp: 'RED' }, 'Private', undefined, AGENCY],
  ])('shows the audience of its label: %j', async (label, scope, restriction, addresses) => {
    const alert = await incidentCap(await report(label));
    expect([alert.scope, alert.restriction, alert.addresses]).toEqual([scope, restriction, addresses]);
    expect(alert.code).toBe(`TLP:${label.tlp}`);
  });

  test.each(INCIDENT_KINDS)('of the kind %s is valid and has an event in three languages', async (kind) => {
    const { info } = await incidentCap(await report({ kind }));
    const events = info.map(({ event }: { event: string }) => event);
    expect(new Set(events).size).toBe(3);
    expect(events.every((event: string) => event.length > 3)).toBe(true);
    expect(events[2]).toMatch(/\p{Script=Arabic}/u);
  });

  test('expires after a day or at its end', async () => {
    const usual = (await incidentCap(await report())).info[0];
    expect(Date.parse(usual.expires) - Date.parse(usual.effective)).toBe(86_400_000);
    const long = await report({ occurredUntil: '2090-01-01T00:00:00Z' });
    expect((await incidentCap(long)).info[0].expires).toBe('2090-01-01T00:00:00-00:00');
  });

  test('escapes markup in texts', async () => {
    const description = 'Fuel & <oil> ]]> "5" \'litres\' وقود ⛽ <!-- x --> &amp;';
    const alert = await incidentCap(await report({ description }));
    expect(alert.info[0].description).toBe(description);
  });

  test('far from every border shows its position', async () => {
    const alert = await incidentCap(await report({ at: [2.5, 48.25], horizontalAccuracyMetres: 0 }));
    expect(alert.info[0].area.circle).toBe('48.25,2.5 0');
  });

  test('is as hidden as the incident', async () => {
    const id = await report({ tlp: 'RED' });
    for (const headers of [
      {},
      as(keyOf('DZA', 'coordinator')),
      as(keyOf('TUN', 'reporter', { second: true })),
    ]) {
      const hidden = await api.get(`/v1/incidents/${id}.cap`).set(headers).expect(404);
      const missing = await api.get(`/v1/incidents/${uuidv7()}.cap`).set(headers).expect(404);
      expect(hidden.body.detail.replace(id, '')).toBe(missing.body.detail.replace(/[\w-]{36}/, ''));
    }
    await api.get(`/v1/incidents/${id}.cap`).set(REPORTER).expect(200);
  });

  test('has its own URL beside the incident', async () => {
    const id = await report();
    expect((await api.get(`/v1/incidents/${id}`).expect(200)).body.id).toBe(id);
    await api.get('/v1/incidents/nothing.cap').expect(400);
    await api.get(`/v1/incidents/${id}.atom`).expect(400);
    const { headers } = await api.post(`/v1/incidents/${id}.cap`).set(REPORTER).send({}).expect(405);
    expect(headers.allow).toContain('GET');
  });

  test('is cached like its incident, and answered with 304 while unchanged', async () => {
    const id = await report();
    const anonymous = await api.get(`/v1/incidents/${id}.cap`).expect(200);
    expect(anonymous.headers['cache-control']).toBe('no-cache');
    const own = await api.get(`/v1/incidents/${id}.cap`).set(REPORTER).expect(200);
    expect(own.headers['cache-control']).toBe('private, no-cache');
    const { etag } = anonymous.headers;
    await api.get(`/v1/incidents/${id}.cap`).set('If-None-Match', etag!).expect(304);
    await api.post(`/v1/incidents/${id}/reports`).set(REPORTER).send({ severity: 'minor' }).expect(201);
    await api.get(`/v1/incidents/${id}.cap`).set('If-None-Match', etag!).expect(200);
  });

  test('leaves an entry in the audit log, of the collection and the incident', async () => {
    const id = await report({ tlp: 'GREEN' });
    const { entries } = await ask(service, {
      path: `/incidents/${id}.cap`,
      headers: as(keyOf('DZA', 'reader')),
    });
    expect(entries[0]).toMatchObject({ action: 'read', collection: 'incidents', target: id, row_count: 1 });
    const list = await ask(service, { path: '/incidents.atom', headers: as(keyOf('DZA', 'reader')) });
    expect(list.entries[0]).toMatchObject({ action: 'read', collection: 'incidents', target: null });
  });

  test('has a sender that no header can change', async () => {
    const { body } = await plain
      .get(`/v1/incidents/${await report()}.cap`)
      .set('Host', 'evil,host&co')
      .buffer()
      .parse(asText)
      .expect(200);
    expect(parseXml(String(body)).alert.sender).toBe(`${AGENCY}@tripoint`);
  });
});

describe('an alert as CAP', () => {
  const reader = as(keyOf('DZA', 'reader'));
  const alertCap = (id: string) => capOf(`/alerts/${id}`, reader);

  test('is addressed to the alerted agency', async () => {
    const incident = await report({ tlp: 'GREEN', nature: 'test' });
    const subscription = uuidv7();
    const at = '2026-11-20T10:00:00.123Z';
    const id = await insertAlert(service, { agency: OTHER, incident, trigger: 'enter', subscription, at });
    const alert = await alertCap(id);
    expect(alert).toMatchObject({
      identifier: `tripoint.alert.${id}.1`,
      sender: 'tripoint@border.example',
      sent: '2026-11-20T10:00:00-00:00',
      msgType: 'Alert',
      scope: 'Private',
      addresses: OTHER,
      code: 'TLP:RED',
      incidents: incident,
    });
    expect(alert.info[0].headline).toMatch(
      /^TEST – Entered a watched area – Fuel smuggling \(moderate\) – Algeria–Tunisia/,
    );
    expect(alert.info[0].web).toBe(`https://border.example/v1/incidents/${incident}`);
    expect(parametersOf(alert.info[0])).toMatchObject({
      trigger: 'enter',
      subscription,
      segment: 'DZA-TUN-07',
    });
  });

  test('shows rescue bodies no more of a hidden incident than the notice', async () => {
    const incident = await report({
      tlp: 'RED',
      kind: 'distress',
      placeText: 'quartz',
      description: 'quartz',
    });
    const notice = uuidv7();
    const dueAt = '2099-01-01T00:00:00Z';
    const id = await insertAlert(service, { agency: OTHER, incident, trigger: 'distress', notice, dueAt });
    const alert = await alertCap(id);
    expect(alert.text).not.toMatch(`quartz|${incident}|${AGENCY}`);
    expect(alert.incidents).toBeUndefined();
    expect(alert.info[0]).toMatchObject({
      category: ['Rescue'],
      urgency: 'Immediate',
      expires: '2099-01-01T00:00:00-00:00',
      web: `https://border.example/v1/distress/${notice}`,
    });
    expect(parametersOf(alert.info[0])).toMatchObject({ notice, assistanceDueAt: dueAt });
  });

  test.each(['leave', 'created', 'updated', 'closed', 'threshold', 'overdue'])(
    'is valid for %s',
    async (trigger) => {
      const incident = await report({ tlp: 'GREEN' });
      const id = await insertAlert(service, { agency: OTHER, incident, trigger, count: 4 });
      const alert = await alertCap(id);
      expect(parametersOf(alert.info[0])).toMatchObject({ trigger, incidentCount: '4' });
      expect(alert.info[0].urgency).toBe({ closed: 'Past', overdue: 'Immediate' }[trigger] ?? 'Expected');
    },
  );

  test('is for its agency only', async () => {
    const id = await insertAlert(service, { agency: OTHER, incident: await report() });
    await api.get(`/v1/alerts/${id}.cap`).expect(401);
    for (const headers of [REPORTER, as(keyOf('DZA', 'reporter', { second: true }))])
      await api.get(`/v1/alerts/${id}.cap`).set(headers).expect(404);
    const { entries } = await ask(service, { path: `/alerts/${id}.cap`, headers: reader });
    expect(entries[0]).toMatchObject({ collection: 'alerts', target: id, row_count: 1 });
  });
});
