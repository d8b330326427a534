import { z } from 'zod';

export const ImportQuery = z.strictObject({
  format: z.enum(['geojson', 'geojsonl', 'csv', 'iom-missing-migrants']).optional().meta({
    description: 'Format of the body, if its media type is not enough: `iom-missing-migrants` is a CSV.',
  }),
  dialect: z.enum(['excel', 'raw']).optional().meta({
    description:
      'Of CSV, as in downloads: an apostrophe before a text that begins like a formula is taken off, except with `raw`.',
  }),
});

const RejectedLine = z
  .strictObject({
    line: z.int().meta({ description: 'Number of the line, or of the feature in a GeoJSON document.' }),
    code: z.string().meta({ description: 'Stable name of the reason.', example: 'line-invalid' }),
    params: z.record(z.string(), z.unknown()).meta({ description: 'The values that the reason names.' }),
    reason: z.string().meta({ description: 'What is wrong with it.' }),
  })
  .meta({ id: 'RejectedLine', description: 'A rejected line.' });

export const ImportResult = z
  .strictObject({
    accepted: z.int().meta({ description: 'New incidents.' }),
    updated: z.int().meta({ description: 'Known incidents with changed content.' }),
    unchanged: z.int().meta({ description: 'Known incidents whose content is the same.' }),
    rejected: z
      .strictObject({
        total: z.int().meta({ description: 'How many.' }),
        lines: z
          .array(RejectedLine)
          .meta({ description: 'The first 1,000 rejected lines; the header of a CSV is line 1.' }),
      })
      .meta({ description: 'Lines that were not taken.' }),
  })
  .meta({ id: 'ImportResult', description: 'Result of an import.' });
export type ImportResult = z.output<typeof ImportResult>;

const ImportProgress = z
  .strictObject({
    lines: z.int().meta({ description: 'Lines that are done.' }),
    accepted: z.int().meta({ description: 'New incidents so far.' }),
    updated: z.int().meta({ description: 'Known incidents with changed content so far.' }),
    unchanged: z.int().meta({ description: 'Known incidents whose content is the same, so far.' }),
    rejected: z.int().meta({ description: 'Lines that were not taken so far.' }),
  })
  .meta({ id: 'ImportProgress', description: 'How far an import is.' });
export type ImportProgress = z.output<typeof ImportProgress>;

/** A line of an answer in `application/x-ndjson`. */
export const ImportProgressLine = z
  .union([
    z.strictObject({ progress: ImportProgress }),
    z.strictObject({ result: ImportResult }),
    z.strictObject({
      problem: z.record(z.string(), z.unknown()).meta({ description: 'A problem document.' }),
    }),
  ])
  .meta({
    id: 'ImportProgressLine',
    description: 'Progress after each set; the last line is the result, or what ended the import.',
  });
export type ImportProgressLine = z.output<typeof ImportProgressLine>;
