import { z } from 'zod';
import type { Role } from '../../core/caller.ts';
import { conflict, inBody, invalidInput, notFound } from '../../core/problem.ts';
import { operation } from '../../http/operation.ts';
import { listReply } from '../../http/paging.ts';
import { created, JsonText, noContent, type Reply } from '../../http/reply.ts';
import { Key, KeyId, KeyList, KeyQuery, KeyRotation, NewKey, ShownKey } from './key.schema.ts';
import type { ApiKeyStore, MadeKey } from './key.store.ts';

/** Effects in the rest of the service. */
export interface KeyEvents {
  keyChanged(id: string): Promise<void>;
  adminMade(): Promise<void>;
}

const ADMINS: readonly Role[] = ['admin'];
const params = z.strictObject({ keyId: KeyId });

export const keyOperations = (keys: ApiKeyStore, events: KeyEvents) => [
  operation({
    id: 'listKeys',
    method: 'get',
    path: '/keys',
    tag: 'Keys',
    summary: 'List the keys of your country.',
    description: 'Includes ended keys. The list has metadata, never the key itself.',
    roles: ADMINS,
    query: KeyQuery,
    responses: { 200: { description: 'Keys, oldest first.', schema: KeyList } },
    problems: [400],
    handle: async ({ query, caller, request }) => listReply(request, 'keys', await keys.list(caller, query)),
  }),

  operation({
    id: 'getKey',
    method: 'get',
    path: '/keys/{keyId}',
    tag: 'Keys',
    summary: 'Read the metadata of one key of your country.',
    roles: ADMINS,
    params,
    responses: { 200: { description: 'Metadata of the key.', schema: Key } },
    problems: [400, 404],
    async handle({ params: { keyId }, caller }) {
      const key = await keys.find(caller, keyId);
      if (key === undefined) throw notFound('key', keyId);
      return { body: new JsonText(key) };
    },
  }),

  operation({
    id: 'createKey',
    method: 'post',
    path: '/keys',
    tag: 'Keys',
    summary: 'Create a key for an agency of your country.',
    description:
      'Only this answer shows the key. The first admin key revokes the demo keys of an embedded database and deletes their file.',
    roles: ADMINS,
    body: NewKey,
    responses: { 201: { description: 'The key.', schema: ShownKey } },
    problems: [400, 422],
    async handle({ body, caller }) {
      const made = await keys.create(caller, body);
      if (!made) throw unknownAgency(body.agency, caller.country);
      if (body.roles.includes('admin')) await events.adminMade();
      return shown(made);
    },
  }),

  operation({
    id: 'rotateKey',
    method: 'post',
    path: '/keys/{keyId}/rotation',
    tag: 'Keys',
    summary: 'Rotate a key of your country.',
    description:
      'The new key has the same agency and roles. The old one stays valid for the overlap. A demo key stays a demo key.',
    roles: ADMINS,
    params,
    body: KeyRotation,
    responses: { 201: { description: 'The new key.', schema: ShownKey } },
    problems: [400, 404, 409, 422],
    async handle({ params: { keyId }, body, caller }) {
      const made = await keys.rotate(caller, keyId, body);
      if (made) {
        await events.keyChanged(keyId);
        return shown(made);
      }
      if (!(await keys.find(caller, keyId))) throw notFound('key', keyId);
      throw conflict('key-ended', 'key-ended', { id: keyId });
    },
  }),

  operation({
    id: 'revokeKey',
    method: 'delete',
    path: '/keys/{keyId}',
    tag: 'Keys',
    summary: 'Revoke a key of your country.',
    description:
      'Effective at once in the answering process, within 5 seconds in others. The key stays in the list.',
    roles: ADMINS,
    params,
    responses: { 204: { description: 'Revoked.' } },
    problems: [400, 404],
    async handle({ params: { keyId }, caller }) {
      const isDone = await keys.revoke(caller, keyId);
      if (!isDone) throw notFound('key', keyId);
      await events.keyChanged(keyId);
      return noContent();
    },
  }),
];

const shown = ({ id, text }: MadeKey): Reply => {
  const reply = created(`/keys/${id}`, new JsonText(text));
  return { ...reply, headers: { ...reply.headers, 'Cache-Control': 'no-store' } };
};

// foreign and missing agencies get the same answer
const unknownAgency = (agency: string, country: string | undefined) =>
  invalidInput(
    [inBody('agency', 'agency-of-country-missing', { agency, country })],
    422,
    'reference-missing',
  );
