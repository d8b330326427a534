import { z } from 'zod';

const code = z.string().meta({
  description: 'Stable name of the message, for programs and translations.',
  example: 'too-small',
});
const params = z.record(z.string(), z.unknown()).meta({ description: 'The values that the message names.' });

const FieldErrorDocument = z
  .strictObject({
    in: z.enum(['path', 'query', 'body', 'header']).meta({ description: 'Part of the request.' }),
    path: z
      .string()
      .meta({ description: 'Name of the parameter, or path into the body.', example: 'properties.kind' }),
    code,
    params,
    message: z.string().meta({ description: 'What is allowed, and what was given.' }),
  })
  .meta({ id: 'FieldError', description: 'One fault of the input.' });

export const ProblemDocument = z
  .looseObject({
    type: z
      .string()
      .meta({ description: 'URI of the problem type; it resolves.', example: '/problems/invalid-request' }),
    title: z.string().meta({ description: 'The type in words.', example: 'Invalid request' }),
    status: z.int().meta({ description: 'The HTTP status.', example: 400 }),
    detail: z.string().meta({
      description: 'What was wrong this time, with the offending value and the way out.',
      example: 'query limit: must be at least 1 (got 0)',
    }),
    code,
    params,
    instance: z.string().meta({
      description: 'The path of the request; a URN with its id if the request could not be read.',
      example: '/v1/zones',
    }),
    requestId: z.string().optional().meta({ description: 'Finds the request in the log of the service.' }),
    errors: z.array(FieldErrorDocument).optional().meta({ description: 'All faults of the input.' }),
  })
  .meta({
    id: 'Problem',
    description:
      'Problem details as of RFC 9457. Texts are in the language that Accept-Language prefers (en, fr, ar); `code` and `params` are the same in each.',
  });
