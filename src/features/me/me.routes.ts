import { type Caller, ROLES } from '../../core/caller.ts';
import type { WorldReader } from '../../core/world.ts';
import { mayCall, type Operation, operation } from '../../http/operation.ts';
import { DOCUMENT_QUERY } from '../../ogc/collection/document.query.ts';
import { AS_HTML } from '../../ogc/collection/links.ts';
import { mePage } from './me.page.ts';
import { Me } from './me.schema.ts';
import type { MeStore } from './me.store.ts';

export interface MeSettings {
  limits: Me['limits'];
  /** All operations of the app: they are complete once it is made. */
  operations: () => readonly Operation[];
  world: WorldReader;
}

export const meOperations = ({ find }: MeStore, { limits, operations, world }: MeSettings) => [
  operation({
    id: 'getMe',
    method: 'get',
    path: '/me',
    tag: 'Keys',
    summary: 'Read whom your key acts for, and what it may do.',
    description:
      'A browser without a session signs in here, too: it asks for a name, which may be any, and a password, which is the key, and then sends them with each request. It cannot sign out again; `/session` can.',
    roles: ROLES,
    query: DOCUMENT_QUERY,
    responses: { 200: { description: 'The caller.', schema: Me, also: AS_HTML } },
    problems: [400, 401],
    async handle({ caller }) {
      const { names } = await find(caller);
      const may = operations().filter((one) => mayCall(one, caller));
      const { id } = await world();
      const body = { ...actorOf(caller), names, world: id, operations: may.map((one) => one.id), limits };
      return { body, html: mePage };
    },
  }),
];

const actorOf = ({ agency, country, roles, keyId, sessionId, expiresAt }: Caller) => ({
  agency,
  country,
  roles,
  key: keyId ?? null,
  credential: sessionId ? 'session' : keyId ? 'key' : 'token',
  expiresAt: expiresAt?.toISOString() ?? null,
});
