import peggy from 'peggy';
import { z } from 'zod';
import { issue } from '../core/catalogue.ts';
import { excerpt } from '../core/messages/message.ts';
import { AreaGeometry } from './area.schema.ts';
import { WKT_GRAMMAR } from './wkt.grammar.ts';

/** Characters; fits into a request URL even if every second one is percent-encoded. */
export const LONGEST_TEXT = 60_000;
const GRAMMAR = `Text = _ ("SRID"i _ "=" _ "4326" _ ";" _)? @Area _
${WKT_GRAMMAR}`;
const FORMS =
  'POLYGON ((lon lat, …)) or MULTIPOLYGON (((lon lat, …)), …) in WGS 84, longitude before latitude';

/** Well-known text of an area, checked and repaired like its GeoJSON. */
export const WktArea = z
  .string({ error: ({ input }) => issue('wkt-form', { value: excerpt(input) }) })
  .max(LONGEST_TEXT, { error: issue('wkt-too-long', { most: LONGEST_TEXT }), abort: true })
  .transform((text, ctx): unknown => {
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof Error && 'location' in error)) throw error;
      ctx.addIssue({ code: 'custom', message: issue('wkt-form', { value: excerpt(text) }) });
      return z.NEVER;
    }
  })
  .pipe(AreaGeometry)
  .meta({
    description: `${FORMS}. SRID=4326; may stand in front.`,
    example: 'POLYGON ((8.2 33.8, 8.6 33.8, 8.6 34.1, 8.2 34.1, 8.2 33.8))',
  });

let parser: peggy.Parser | undefined;

function parse(text: string): unknown {
  parser ??= peggy.generate(GRAMMAR);
  return parser.parse(text);
}
