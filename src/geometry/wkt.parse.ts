import peggy from 'peggy';
import { z } from 'zod';
import { AreaGeometry } from './area.schema.ts';
import { quote } from './value.quote.ts';
import { WKT_GRAMMAR } from './wkt.grammar.ts';

/** Characters; fits into a request URL even if every second one is percent-encoded. */
export const LONGEST_TEXT = 60_000;
const GRAMMAR = `Text = _ ("SRID"i _ "=" _ "4326" _ ";" _)? @Area _
${WKT_GRAMMAR}`;
const FORMS =
  'POLYGON ((lon lat, …)) or MULTIPOLYGON (((lon lat, …)), …) in WGS 84, longitude before latitude';

/** Well-known text of an area, checked and repaired like its GeoJSON. */
export const WktArea = z
  .string({ error: ({ input }) => `${quote(input)} is not ${FORMS}` })
  .max(LONGEST_TEXT, { error: `an area in WKT may have at most ${LONGEST_TEXT} characters`, abort: true })
  .transform((text, ctx): unknown => {
    try {
      return parse(text);
    } catch (error) {
      if (!(error instanceof Error && 'location' in error)) throw error;
      ctx.addIssue({ code: 'custom', message: `${quote(text)} is not ${FORMS}` });
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
