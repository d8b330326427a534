import { agencyOf, as, keyOf, type TestService } from './service.ts';

type Headers = Record<string, string>;

/** Two keys of one agency, and a key of another agency of the country. */
export const LEAVING = as(keyOf('TUN', 'reporter'));
export const COMING = as(keyOf('TUN', 'operator'));
export const OTHER = as(keyOf('TUN', 'reporter', { second: true }));
export const AGENCY = agencyOf(keyOf('TUN', 'reporter'));

/** Shifts through HTTP, of the agency of `LEAVING` unless other headers are named. */
export function shiftSteps({ api }: Pick<TestService, 'api'>) {
  let places = 0;
  const nextPlace = () => `Exercise post ${++places}`;
  const send = (path: string, body: object, headers: Headers = LEAVING) =>
    api.post(`/v1/shifts${path}`).set(headers).send(body);
  const get = (path: string, headers: Headers = LEAVING) => api.get(`/v1/shifts${path}`).set(headers);
  return {
    send,
    get,
    withdraw: (id: string, headers: Headers = LEAVING) =>
      api.delete(`/v1/shifts/${id}/handover`).set(headers),
    confirm: (id: string, offer = 1, headers: Headers = COMING) =>
      send(`/${id}/handover/confirmation`, { offer }, headers),
    /** At a post of its own, unless a place is named. */
    open: async (headers: Headers = LEAVING, place: object = { kind: 'post', name: nextPlace() }) =>
      (await send('', { place }, headers).expect(201)).body,
    note: async (id: string, text: string, headers: Headers = LEAVING) =>
      (await send(`/${id}/entries`, { text }, headers).expect(201)).body,
    offer: async (id: string, body: object = {}, headers: Headers = LEAVING) =>
      (await send(`/${id}/handover`, body, headers).expect(201)).body,
    /** A shift in one of the states. */
    async shiftIn(state: string, headers: Headers = LEAVING, coming: Headers = COMING): Promise<string> {
      const { id } = await this.open(headers);
      if (state !== 'open') await this.offer(id, {}, headers);
      if (state === 'closed') await this.confirm(id, 1, coming).expect(200);
      return id;
    },
  };
}
