import { z } from 'zod';
import { issue, messageIn } from '../core/catalogue.ts';
import { excerpt } from '../core/messages/message.ts';
import { Latitude, Longitude } from './position.schema.ts';

export interface Box {
  west: number;
  south: number;
  east: number; // less than west if the box crosses the antimeridian
  north: number;
}

/** A box as formats list it; it does not cross the antimeridian. */
export type Edges = readonly [west: number, south: number, east: number, north: number];

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const LONGEST_TEXT = 500; // characters

const Height = z.number({ error: ({ input }) => issue('bbox-height', { value: excerpt(input) }) });
const FlatBox = z.object({ west: Longitude, south: Latitude, east: Longitude, north: Latitude });
const FLAT = ['west', 'south', 'east', 'north'];
const WITH_HEIGHTS = ['west', 'south', 'lowest', 'east', 'north', 'highest'];

/** The query parameter `bbox`, OGC API – Features 1.0.1 §7.15.3. */
export const Bbox = z
  .string({ error: ({ input }) => issue('bbox-not-text', { value: excerpt(input) }) })
  .transform((text, ctx): Box => {
    const values = text.length > LONGEST_TEXT ? [] : text.split(',').map(toNumber);
    const names = values.length === WITH_HEIGHTS.length ? WITH_HEIGHTS : FLAT;
    if (values.length !== names.length) return refuse(ctx, [issue('bbox-form', { value: excerpt(text) })]);

    const schema = names === FLAT ? FlatBox : FlatBox.extend({ lowest: Height, highest: Height });
    const box = schema.safeParse(Object.fromEntries(names.map((name, i) => [name, values[i]])));
    if (!box.success) return refuse(ctx, box.error.issues.map(nameEdge));

    const { west, south, east, north } = box.data;
    if (south > north) return refuse(ctx, [issue('bbox-upside-down', { south, north })]);
    return { west, south, east, north };
  })
  .meta({
    description:
      'west,south,east,north in degrees (WGS 84). West greater than east means that the box crosses the antimeridian. ' +
      'Six numbers are understood as west,south,lowest,east,north,highest, and the heights are ignored.',
    example: '8,33,9,34',
    // documented as a list; parsed from text, so that an error quotes the input
    type: 'array',
    items: { type: 'number' },
    minItems: 4,
    maxItems: 6,
  });

/** Anything but a finite number stays a text, which the schema refuses and quotes. */
function toNumber(text: string): number | string {
  const number = DECIMAL.test(text.trim()) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : text;
}

const nameEdge = ({ path, message }: z.core.$ZodIssue): string =>
  issue('bbox-edge', { edge: String(path[0]), fault: messageIn(message) ?? { code: 'invalid', params: {} } });

function refuse(ctx: z.RefinementCtx, messages: string[]): never {
  for (const message of messages) ctx.addIssue({ code: 'custom', message });
  return z.NEVER;
}
