import { z } from 'zod';
import { Links } from '../../geometry/feature.schema.ts';
import { paging } from '../../http/paging.ts';
import { freeText } from '../../screening/personal-data.ts';
import { anyOf, Slug, UtcTime } from '../vocabulary.schema.ts';
import { SHIFT_STATES } from './shift.lifecycle.ts';

const LONGEST_NOTE = 1000;
const LONGEST_REMARK = 500;

export const ShiftId = z.uuid().meta({ description: 'Identifier of a shift.' });
const State = z.enum(SHIFT_STATES).meta({
  id: 'ShiftState',
  description: 'offered: the handover waits for a confirmation; closed: it was confirmed.',
});
export const PLACE_KINDS = ['post', 'room'] as const;
const PlaceKind = z
  .enum(PLACE_KINDS)
  .meta({ description: 'post: outside, at the border; room: a control or command room.' });
const Signer = z
  .string()
  .meta({ description: 'Identifier of the key, or the hash of the subject of a token.' });
const CrossingId = z.string().nullable().meta({ description: 'The crossing that the post stands at.' });

export const NewShift = z
  .strictObject({
    place: z
      .strictObject({
        kind: PlaceKind,
        name: freeText(80).min(1).meta({ description: 'Name of the post or room; never of a person.' }),
        crossing: Slug.nullish().meta({ description: 'The crossing that the post stands at.' }),
      })
      .meta({ description: 'The post or room.' }),
  })
  .meta({
    id: 'NewShift',
    description: 'A shift of your agency begins.',
    example: { place: { kind: 'post', name: 'Ras Ajdir, entry', crossing: 'ras-ajdir' } },
  });
export type NewShift = z.output<typeof NewShift>;

export const Shift = z
  .strictObject({
    id: ShiftId,
    agency: z.string().meta({ description: 'The agency.' }),
    place: z
      .strictObject({
        kind: PlaceKind,
        name: z.string().meta({ description: 'Name of the post or room.' }),
        crossing: CrossingId,
      })
      .meta({ description: 'The post or room.' }),
    state: State,
    previous: ShiftId.nullable().meta({ description: 'The shift before at the same post or room.' }),
    openedAt: UtcTime.meta({ description: 'When it began.' }),
    openedBy: Signer,
    offeredAt: UtcTime.nullable().meta({ description: 'When the handover was offered.' }),
    offeredBy: Signer.nullable(),
    closedAt: UtcTime.nullable().meta({ description: 'When the handover was confirmed.' }),
    closedBy: Signer.nullable(),
  })
  .meta({ id: 'Shift', description: 'A shift of an agency at a post or in a room.' });

export const ShiftList = z
  .strictObject({ shifts: z.array(Shift).meta({ description: 'Newest first.' }), links: Links })
  .meta({ id: 'ShiftList', description: 'One page of shifts.' });

export const ShiftQuery = z.strictObject({
  state: anyOf(SHIFT_STATES, 'Any of these states.', 'shiftState'),
  agency: Slug.optional().meta({
    description: 'Only of this agency: for auditors.',
    example: 'tun-garde-nationale',
  }),
  crossing: Slug.optional().meta({ description: 'Only at this crossing.', example: 'ras-ajdir' }),
  ...paging,
});
export type ShiftQuery = z.output<typeof ShiftQuery>;

export const NewEntry = z
  .strictObject({
    text: freeText(LONGEST_NOTE).min(1).meta({ description: 'The note; nothing about a person.' }),
  })
  .meta({
    id: 'NewShiftEntry',
    description: 'A note for a shift.',
    example: { text: 'The barrier at lane 2 is out of order; the workshop is informed.' },
  });

const ofAct = 'Of an act; null for a note.';

export const Entry = z
  .strictObject({
    id: z.uuid().meta({ description: 'Identifier of the note, or of the entry of the audit log.' }),
    kind: z
      .enum(['note', 'act'])
      .meta({ description: 'note: written in the shift; act: what the agency did meanwhile.' }),
    at: UtcTime.meta({ description: 'When.' }),
    by: Signer.nullable(),
    text: z.string().nullable().meta({ description: 'The note; null for an act.' }),
    action: z.enum(['create', 'change', 'remove']).nullable().meta({ description: ofAct }),
    operation: z
      .string()
      .nullable()
      .meta({ description: `Identifier of the operation. ${ofAct}` }),
    collection: z
      .string()
      .nullable()
      .meta({ description: `What was written. ${ofAct}` }),
    target: z.string().nullable().meta({ description: 'Which one, if it is a single one.' }),
    rows: z
      .int()
      .nullable()
      .meta({ description: `How many rows. ${ofAct}` }),
  })
  .meta({ id: 'ShiftEntry', description: 'A note of a shift, or an act of its agency meanwhile.' });

export const EntryList = z
  .strictObject({ entries: z.array(Entry).meta({ description: 'Oldest first.' }), links: Links })
  .meta({ id: 'ShiftEntryList', description: 'One page of the entries of a shift.' });

export const NewHandover = z
  .strictObject({
    remark: freeText(LONGEST_REMARK)
      .min(1)
      .optional()
      .meta({ description: 'For who takes over; nothing about a person.' }),
  })
  .meta({
    id: 'NewHandover',
    description: 'Offers to hand over a shift.',
    example: { remark: 'Two requests wait for an answer.' },
  });
export type NewHandover = z.output<typeof NewHandover>;

export const Confirmation = z
  .strictObject({
    offer: z.int().min(1).meta({ description: 'The `offer` of the handover that you have read.' }),
  })
  .meta({ id: 'HandoverConfirmation', description: 'Takes over what was offered.', example: { offer: 1 } });

export const ITEM_KINDS = ['distress', 'request', 'alert', 'reaction'] as const;

const Item = z
  .strictObject({
    kind: z.enum(ITEM_KINDS).meta({
      description:
        'distress: a notice without assistance; request: one that waits for your answer; alert: not acknowledged; reaction: what the level of a segment asks of your country, not done.',
    }),
    id: z.uuid().meta({ description: 'Identifier of the notice, request, alert or reaction.' }),
    incident: z.uuid().nullable().meta({ description: 'The incident, if you see it.' }),
    segment: z.string().nullable().meta({ description: 'The segment of a reaction.' }),
    dueAt: UtcTime.nullable().meta({ description: 'When it was due, as it stood at the handover.' }),
    overdue: z.boolean().meta({ description: 'Due before the handover was offered.' }),
  })
  .meta({ id: 'HandoverItem', description: 'An open item.' });

export const Handover = z
  .strictObject({
    shift: ShiftId,
    state: z.enum(['offered', 'closed']).meta({ description: 'closed: it was confirmed.' }),
    offer: z.int().meta({ description: 'Number of the offer; a confirmation names it.' }),
    remark: z.string().nullable().meta({ description: 'For who takes over.' }),
    offeredAt: UtcTime.meta({ description: 'When it was offered.' }),
    offeredBy: Signer,
    closedAt: UtcTime.nullable().meta({ description: 'When it was confirmed.' }),
    closedBy: Signer.nullable(),
    isComplete: z.boolean().meta({ description: 'false: there were more open items than a handover holds.' }),
    items: z.array(Item).meta({ description: 'Open items whose row you see now, earliest `dueAt` first.' }),
  })
  .meta({ id: 'Handover', description: 'What one shift hands over to the next.' });
