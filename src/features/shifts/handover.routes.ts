import { z } from 'zod';
import { ROLES } from '../../core/caller.ts';
import { notFound } from '../../core/problem.ts';
import { operation } from '../../http/operation.ts';
import { created, JsonText, noContent } from '../../http/reply.ts';
import { REPORTING_ROLES } from '../incidents/incident.roles.ts';
import type { HandoverStore } from './handover.store.ts';
import { permitConfirmation, permitShiftEvent } from './shift.lifecycle.ts';
import { Confirmation, Handover, NewHandover, ShiftId } from './shift.schema.ts';

const params = z.strictObject({ shiftId: ShiftId });
const path = '/shifts/{shiftId}/handover';
const tag = 'Shifts';
const bodyMediaTypes = ['application/json'];
const one = { description: 'The handover.', schema: Handover };

export const handoverOperations = (handovers: HandoverStore) => [
  operation({
    id: 'getHandover',
    method: 'get',
    path,
    tag,
    summary: 'Read the handover of a shift with its open items.',
    description: 'Lists items whose notice, request, alert or reaction you see now.',
    roles: ROLES,
    params,
    responses: { 200: one },
    problems: [404],
    async handle({ params: { shiftId }, caller }) {
      const { isKnown, text } = await handovers.find(caller, shiftId);
      if (!isKnown) throw notFound('shift', shiftId);
      if (text === null) throw notFound('handover', shiftId);
      return { body: new JsonText(text) };
    },
  }),

  operation({
    id: 'offerHandover',
    method: 'post',
    path,
    tag,
    summary: 'Offer to hand over an open shift of your agency.',
    description:
      'The service lists the open items: distress without assistance, requests that wait for your answer, alerts of this shift, or taken over, without acknowledgement, and reactions of your country that are not done. The shift takes no more notes.',
    roles: REPORTING_ROLES,
    params,
    body: NewHandover,
    bodyMediaTypes,
    responses: { 201: one },
    problems: [404, 409, 422],
    async handle({ params: { shiftId }, body: { remark }, caller }) {
      const text = await handovers.offer(caller, shiftId, remark, (shift) =>
        permitShiftEvent(caller, shiftId, 'offer', shift),
      );
      return created(`/shifts/${shiftId}/handover`, new JsonText(text));
    },
  }),

  operation({
    id: 'withdrawHandover',
    method: 'delete',
    path,
    tag,
    summary: 'Take back or refuse an offered handover of your agency.',
    description: 'The shift is open again.',
    roles: REPORTING_ROLES,
    params,
    responses: { 204: { description: 'The shift is open.' } },
    problems: [404, 409],
    async handle({ params: { shiftId }, caller }) {
      await handovers.withdraw(caller, shiftId, (shift) =>
        permitShiftEvent(caller, shiftId, 'withdraw', shift),
      );
      return noContent();
    },
  }),

  operation({
    id: 'confirmHandover',
    method: 'post',
    path: `${path}/confirmation`,
    tag,
    summary: 'Confirm an offered handover and close the shift.',
    description:
      'With another key of the agency than the one that offered it. Nothing of a closed shift changes.',
    roles: REPORTING_ROLES,
    params,
    body: Confirmation,
    bodyMediaTypes,
    responses: { 200: one },
    problems: [404, 409],
    async handle({ params: { shiftId }, body: { offer }, caller }) {
      const text = await handovers.confirm(caller, shiftId, (shift) =>
        permitConfirmation(caller, shiftId, offer, shift),
      );
      return { body: new JsonText(text) };
    },
  }),
];
