import { z } from 'zod';
import { ROLES } from '../../core/caller.ts';
import { conflict, inBody, invalidInput, notFound } from '../../core/problem.ts';
import { operation } from '../../http/operation.ts';
import { listReply } from '../../http/paging.ts';
import { created, JsonText } from '../../http/reply.ts';
import { REPORTING_ROLES } from '../incidents/incident.roles.ts';
import { NewShift, Shift, ShiftId, ShiftList, ShiftQuery } from './shift.schema.ts';
import type { ShiftStore } from './shift.store.ts';

const tag = 'Shifts';

export const shiftOperations = (shifts: ShiftStore) => [
  operation({
    id: 'listShifts',
    method: 'get',
    path: '/shifts',
    tag,
    summary: 'List the shifts of your agency, newest first.',
    description: 'Auditors also see those of the other agencies of their country.',
    roles: ROLES,
    query: ShiftQuery,
    responses: { 200: { description: 'Shifts.', schema: ShiftList } },
    problems: [400],
    handle: async ({ query, caller, request }) =>
      listReply(request, 'shifts', await shifts.list(caller, query)),
  }),

  operation({
    id: 'openShift',
    method: 'post',
    path: '/shifts',
    tag,
    summary: 'Open a shift of your agency at a post or in a room.',
    description: 'An agency has one shift at a time at each of them: hand over the one before first.',
    roles: REPORTING_ROLES,
    body: NewShift,
    bodyMediaTypes: ['application/json'],
    responses: { 201: { description: 'The shift.', schema: Shift } },
    problems: [409, 422],
    async handle({ body, caller }) {
      const { isNew, id, text } = await shifts.open(caller, body, refuseCrossing);
      if (!isNew) throw conflict('already-exists', 'shift-not-closed', { id, name: body.place.name });
      return created(`/shifts/${id}`, new JsonText(text));
    },
  }),

  operation({
    id: 'getShift',
    method: 'get',
    path: '/shifts/{shiftId}',
    tag,
    summary: 'Read one shift.',
    roles: ROLES,
    params: z.strictObject({ shiftId: ShiftId }),
    responses: { 200: { description: 'The shift.', schema: Shift } },
    problems: [404],
    async handle({ params: { shiftId }, caller }) {
      const text = await shifts.find(caller, shiftId);
      if (text === undefined) throw notFound('shift', shiftId);
      return { body: new JsonText(text) };
    },
  }),
];

function refuseCrossing(id: string): never {
  throw invalidInput([inBody('place.crossing', 'shift-crossing-missing', { id })], 422, 'reference-missing');
}
