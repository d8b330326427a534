import type { CountryCode, Role } from '../../src/core/caller.ts';
import { ask } from './audit.ts';
import { agreeZone } from './builders.zones.ts';
import { as, keyOf, type TestService } from './service.ts';

interface Wanted {
  collection?: 'incidents' | 'reports' | 'zones';
  tlp: string;
  releasableTo?: string[];
}

export const coordinatorOf = (country: CountryCode) => as(keyOf(country, 'coordinator'));

/** What the tests of labels do again and again, through HTTP. */
export const releaseSteps = (service: TestService) => ({
  /** Creates something as an agency of Tunisia, unless another is named, and answers its id. */
  async create(path: string, body: object, headers = as(keyOf('TUN', 'reporter'))): Promise<string> {
    const answer = await service.api.post(`/v1${path}`).set(headers).send(body);
    if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
    return answer.body.id;
  },

  /** A zone in force that an operator of a country makes; answers its id. */
  makeZone: async (country: CountryCode, change: Parameters<typeof agreeZone>[2]): Promise<string> =>
    (await agreeZone(service.api, country, change)).id,

  /** The next revision of a zone of Tunisia, in which these countries are to take part; it waits. */
  proposeFor: (id: string, participants: CountryCode[]) =>
    service.api
      .patch(`/v1/zones/${id}`)
      .set(as(keyOf('TUN', 'operator')))
      .send({ properties: { participants } })
      .expect(200),

  /** By the coordinator of Tunisia, unless somebody else is named. */
  release: (id: string, wanted: Wanted, headers = coordinatorOf('TUN')) =>
    ask(service, {
      path: '/release',
      method: 'post',
      headers,
      body: { collection: 'incidents', id, ...wanted },
    }),

  preview: (id: string, wanted: Wanted, headers = coordinatorOf('TUN')) =>
    service.api
      .post('/v1/release/preview')
      .set(headers)
      .send({ collection: 'incidents', id, ...wanted }),

  /** 200 or 404 for a reader of a country, or for a caller without a key. */
  async statusFor(country: CountryCode | 'public', path: string, role: Role = 'reader'): Promise<number> {
    const headers = country === 'public' ? {} : as(keyOf(country, role));
    return (await service.api.get(`/v1${path}`).set(headers)).status;
  },
});
