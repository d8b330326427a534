import { z } from 'zod';
import { ROLES } from '../../core/caller.ts';
import { notFound } from '../../core/problem.ts';
import { operation } from '../../http/operation.ts';
import { listReply, paging } from '../../http/paging.ts';
import { created, JsonText } from '../../http/reply.ts';
import { REPORTING_ROLES } from '../incidents/incident.roles.ts';
import type { EntryStore } from './entry.store.ts';
import { permitShiftEvent } from './shift.lifecycle.ts';
import { Entry, EntryList, NewEntry, ShiftId } from './shift.schema.ts';

const params = z.strictObject({ shiftId: ShiftId });
const path = '/shifts/{shiftId}/entries';
const tag = 'Shifts';

export const entryOperations = (entries: EntryStore) => [
  operation({
    id: 'listShiftEntries',
    method: 'get',
    path,
    tag,
    summary: 'List the notes of a shift and what its agency did meanwhile, oldest first.',
    description:
      'Acts come from the audit log, within a second. Keys, webhooks and subscriptions are not among them.',
    roles: ROLES,
    params,
    query: z.strictObject(paging),
    responses: { 200: { description: 'Entries.', schema: EntryList } },
    problems: [404],
    async handle({ params: { shiftId }, query, caller, request }) {
      const page = await entries.list(caller, shiftId, query);
      if (!page) throw notFound('shift', shiftId);
      return listReply(request, 'entries', page);
    },
  }),

  operation({
    id: 'addShiftEntry',
    method: 'post',
    path,
    tag,
    summary: 'Add a note to an open shift of your agency.',
    description: 'Notes are immutable.',
    roles: REPORTING_ROLES,
    params,
    body: NewEntry,
    bodyMediaTypes: ['application/json'],
    responses: { 201: { description: 'The note.', schema: Entry } },
    problems: [404, 409, 422],
    async handle({ params: { shiftId }, body: { text }, caller }) {
      const note = await entries.addNote(caller, shiftId, text, (shift) =>
        permitShiftEvent(caller, shiftId, 'note', shift),
      );
      return created(`/shifts/${shiftId}/entries`, new JsonText(note));
    },
  }),
];
