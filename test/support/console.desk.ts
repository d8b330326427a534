import { addAlert } from './alerts.ts';
import { anIncident } from './builders.ts';
import { proposeZone } from './builders.zones.ts';
import { agencyOf, as, keyOf, type TestService } from './service.ts';

const AGENCY = agencyOf(keyOf('TUN', 'operator'));

export interface DutyDesk {
  /** Of a duty officer of Tunisia, who may do everything that the console offers. */
  key: string;
  /** Of the officer who relieves. */
  nextKey: string;
  /** Reported by the own agency, and told to it as an alarm. */
  fire: string;
}

/** What waits on the desk of a duty officer: a call for help, two alarms, a consent and a request. */
export async function dutyDesk(service: TestService): Promise<DutyDesk> {
  const { api } = service;
  const newKey = async (name: string): Promise<string> => {
    const roles = ['reader', 'reporter', 'operator', 'coordinator'];
    const admin = as(keyOf('TUN', 'admin'));
    const { body } = await api.post('/v1/keys').set(admin).send({ agency: AGENCY, roles, name }).expect(201);
    return body.key;
  };
  const [key, nextKey] = [await newKey('duty desk'), await newKey('relief')];
  const report = async (more: object): Promise<string> => {
    const incident = anIncident({ tlp: 'GREEN', occurredAt: new Date().toISOString(), ...more });
    const { body } = await api.post('/v1/incidents').set(as(key)).send(incident).expect(201);
    return body.id;
  };
  const fire = await report({ kind: 'fire', at: [8.45, 35.2], placeText: 'by the old mill' });
  const flood = await report({ kind: 'flood', at: [8.5, 35.3], placeText: 'in the wadi' });
  await report({ kind: 'distress', at: [11.2, 33.1], counts: { best: 12 } });
  for (const incident of [fire, flood]) await addAlert(service, AGENCY, incident);
  await proposeZone(api, 'DZA', { names: { en: 'Strip at Hazoua', fr: 'Bande de Hazoua', ar: 'شريط حزوة' } });
  await api
    .post('/v1/crossings/ras-ajdir/requests')
    .set(as(keyOf('LBY', 'operator')))
    .send({ kind: 'information', to: ['TUN'], dueAt: '2099-01-01T12:00:00Z', text: 'Is the road free?' })
    .expect(201);
  return { key, nextKey, fire };
}
