import { z } from 'zod';
import { type FieldFault, inBody } from '../../core/problem.ts';
import { BORDER_CODES, Slug } from '../vocabulary.schema.ts';

const WIDEST_METRES = 100_000;

const metres = z.number().min(1).max(WIDEST_METRES);
const side = z
  .enum(['both', 'DZA', 'LBY', 'TUN'])
  .default('both')
  .meta({ description: 'Side of the line: `both`, or the country of one side.' });
const widthMetres = metres.meta({
  description: 'Width on each chosen side of the line.',
  example: 15000,
});

const Stretch = z.strictObject({
  border: z.enum(BORDER_CODES).meta({ description: 'The border.' }),
  fromKm: z.number().min(0).meta({ description: 'Chainage of the northern end.', example: 310 }),
  toKm: z.number().min(0).meta({ description: 'Chainage of the southern end.', example: 420 }),
  widthMetres,
  side,
});
const AlongSegment = z.strictObject({
  segment: z.string().max(20).meta({ description: 'Identifier of the segment.', example: 'DZA-TUN-07' }),
  widthMetres,
  side,
});
const AroundCrossing = z.strictObject({
  crossing: Slug.meta({ description: 'Identifier of the crossing.', example: 'ras-ajdir' }),
  radiusMetres: metres.meta({ description: 'Radius of the disc.', example: 5000 }),
});

/** Rules for derived areas. Geodesic, clipped to the chosen side and to the participants. */
export const ZoneRule = z.union([Stretch, AlongSegment, AroundCrossing]).meta({
  id: 'ZoneRule',
  description:
    'A strip along a stretch of a border or along a segment, or a disc around a crossing; clipped to the chosen side and to the participants.',
  example: { border: 'DZA-TUN', fromKm: 310, toKm: 420, widthMetres: 15000, side: 'both' },
});
export type ZoneRule = z.output<typeof ZoneRule>;

/** The two countries of a border, from its code. */
const sidesOf = (border: string): string[] => border.split('-');

/** The countries to clip a derived area to, or the reason why the rule is impossible. */
export function clippingOf(rule: ZoneRule, participants: readonly string[]): string[] | FieldFault {
  if (!('side' in rule) || rule.side === 'both') return [...participants];
  const line = 'border' in rule ? rule.border : rule.segment;
  if (!sidesOf(line).includes(rule.side))
    return inBody('derivedFrom.side', 'side-not-of-line', { side: rule.side, line });
  if (!participants.includes(rule.side))
    return inBody('derivedFrom.side', 'side-not-participant', { side: rule.side });
  return [rule.side];
}
