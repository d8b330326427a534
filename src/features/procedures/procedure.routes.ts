import { z } from 'zod';
import { ROLES, type Role } from '../../core/caller.ts';
import { notFound } from '../../core/problem.ts';
import { operation } from '../../http/operation.ts';
import { listReply } from '../../http/paging.ts';
import { created, JsonText } from '../../http/reply.ts';
import { SegmentId } from '../borders/border.schema.ts';
import { CrossingId } from '../crossings/crossing.schema.ts';
import { ZoneId } from '../zones/zone.answer.ts';
import {
  NewProcedure,
  Procedure,
  ProcedureId,
  ProcedureList,
  ProcedureQuery,
  VersionNumber,
} from './procedure.schema.ts';
import type { ProcedureStore, WrittenVersion } from './procedure.store.ts';

const tag = 'Procedures';
const PROPOSERS: readonly Role[] = ['operator'];
const params = z.strictObject({ procedureId: ProcedureId });
const one = { 200: { description: 'The version.', schema: Procedure } };

const proposing = {
  method: 'post',
  tag,
  description:
    'It takes effect when a coordinator of every participant has approved exactly this version (`POST /proposals/{proposalId}/consents`).',
  roles: PROPOSERS,
  body: NewProcedure,
  bodyMediaTypes: ['application/json'],
  responses: { 201: { description: 'The proposed version.', schema: Procedure } },
  problems: [404, 422],
} as const;

const createdVersion = ({ path, text }: WrittenVersion) => created(path, new JsonText(text));

export const procedureOperations = (procedures: ProcedureStore) => [
  operation({
    id: 'listProcedures',
    method: 'get',
    path: '/procedures',
    tag,
    summary: 'List versions of joint procedures.',
    description: 'Visible to the participants. `state=inForce` lists what holds now.',
    roles: ROLES,
    query: ProcedureQuery,
    examples: { query: { state: 'inForce', crossing: 'ras-ajdir' } },
    responses: { 200: { description: 'Versions of procedures.', schema: ProcedureList } },
    problems: [400],
    handle: async ({ query, caller, request }) =>
      listReply(request, 'procedures', await procedures.list(caller, query)),
  }),

  operation({
    id: 'getProcedure',
    method: 'get',
    path: '/procedures/{procedureId}',
    tag,
    summary: 'Read the version of a procedure that is in force, otherwise its newest one.',
    roles: ROLES,
    params,
    responses: one,
    problems: [404],
    async handle({ params: { procedureId }, caller }) {
      const text = await procedures.find(caller, procedureId);
      if (text === undefined) throw notFound('procedure', procedureId);
      return { body: new JsonText(text) };
    },
  }),

  operation({
    id: 'getProcedureVersion',
    method: 'get',
    path: '/procedures/{procedureId}/versions/{versionNumber}',
    tag,
    summary: 'Read one version of a procedure.',
    roles: ROLES,
    params: z.strictObject({ procedureId: ProcedureId, versionNumber: VersionNumber }),
    responses: one,
    problems: [404],
    async handle({ params: { procedureId, versionNumber }, caller }) {
      const name = `${procedureId}/${versionNumber}`;
      const text = await procedures.findVersion(caller, name);
      if (text === undefined) throw notFound('procedure', name);
      return { body: new JsonText(text) };
    },
  }),

  operation({
    id: 'addZoneProcedure',
    ...proposing,
    path: '/zones/{zoneId}/procedures',
    summary: 'Propose a joint procedure for a zone.',
    params: z.strictObject({ zoneId: ZoneId }),
    handle: async ({ params: { zoneId }, body, caller }) =>
      createdVersion(await procedures.create(caller, { noun: 'zone', id: zoneId }, body)),
  }),

  operation({
    id: 'addSegmentProcedure',
    ...proposing,
    path: '/segments/{segmentId}/procedures',
    summary: 'Propose a joint procedure for a segment.',
    params: z.strictObject({ segmentId: SegmentId }),
    handle: async ({ params: { segmentId }, body, caller }) =>
      createdVersion(await procedures.create(caller, { noun: 'segment', id: segmentId }, body)),
  }),

  operation({
    id: 'addCrossingProcedure',
    ...proposing,
    path: '/crossings/{crossingId}/procedures',
    summary: 'Propose a joint procedure for a crossing.',
    params: z.strictObject({ crossingId: CrossingId }),
    handle: async ({ params: { crossingId }, body, caller }) =>
      createdVersion(await procedures.create(caller, { noun: 'crossing', id: crossingId }, body)),
  }),

  operation({
    id: 'addProcedureVersion',
    ...proposing,
    path: '/procedures/{procedureId}/versions',
    summary: 'Propose a new version of a joint procedure.',
    params,
    handle: async ({ params: { procedureId }, body, caller }) =>
      createdVersion(await procedures.addVersion(caller, procedureId, body)),
  }),
];
