import terraformer from '@terraformer/wkt';
import { z } from 'zod';
import { AreaGeometry, MAX_VERTICES } from './area.schema.ts';
import { quote } from './value.quote.ts';

/** Characters; fits into the address of a request even when each second one has to be percent-encoded. */
export const LONGEST_TEXT = 60_000;
const AREA = /^(?:SRID\s*=\s*4326\s*;\s*)?((?:MULTI)?POLYGON)\s*(?:Z\s*)?(\([-+\d.,()E\s]+\))$/;
const FORMS =
  'POLYGON ((lon lat, …)) or MULTIPOLYGON (((lon lat, …)), …) in WGS 84, longitude before latitude';

/** Well-known text of an area, checked and mended like its GeoJSON. */
export const WktArea = z
  .string({ error: ({ input }) => `${quote(input)} is not ${FORMS}` })
  .max(LONGEST_TEXT, { error: `an area in WKT may have at most ${LONGEST_TEXT} characters`, abort: true })
  .transform((text, ctx): unknown => {
    const area = toGeoJson(text);
    if (typeof area !== 'string') return area;
    ctx.addIssue({ code: 'custom', message: area });
    return z.NEVER;
  })
  .pipe(AreaGeometry)
  .meta({
    description: `${FORMS}. SRID=4326; may stand in front.`,
    example: 'POLYGON ((8.2 33.8, 8.6 33.8, 8.6 34.1, 8.2 34.1, 8.2 33.8))',
  });

/** The geometry, or the sentence that says why there is none. */
function toGeoJson(text: string): unknown {
  const [, type, body] = AREA.exec(text.trim().toUpperCase()) ?? [];
  if (!type || !body) return `${quote(text)} is not ${FORMS}`;
  const vertices = body.split(',').length;
  // the parser copies a ring for each of its positions, so that long ones take seconds
  if (vertices > MAX_VERTICES)
    return `an area may have at most ${MAX_VERTICES} positions in all, this one has ${vertices}`;
  try {
    const { type: geometry, coordinates } = terraformer.wktToGeoJSON(type + normal(body)) as GeoJSON.Polygon;
    return { type: geometry, coordinates };
  } catch {
    return `${quote(text)} is not ${FORMS}`;
  }
}

/** The parser wants a digit before the decimal point, and would take `1-2` for two numbers: `?` makes it refuse. */
const normal = (body: string): string => body.replace(/(?<!\d)\.(?=\d)/g, '0.').replace(/(?<=\d)-/g, '?');
