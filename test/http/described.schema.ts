import { Validator } from '@seriousme/openapi-schema-validator';
import { z } from 'zod';
import { describeApi } from '../../src/http/openapi/document.ts';
import { operation } from '../../src/http/operation.ts';

export const info = { title: 'Sample', version: '1' };

/** How a schema is described where it is answered, and where it is taken. */
// biome-ignore lint/suspicious/noExplicitAny: the tests walk freely in the document
export function described(schema: z.ZodType): any {
  const probe = operation({
    id: 'probe',
    method: 'post',
    path: '/probe',
    tag: 'Probe',
    summary: 'Probe.',
    body: z.object({ value: schema }),
    responses: { 200: { description: 'It.', schema: z.object({ value: schema }) } },
    problems: [],
    handle: async () => ({}),
  });
  // biome-ignore lint/suspicious/noExplicitAny: as above
  const whole = describeApi([probe], info) as any;
  const { requestBody, responses } = whole.paths['/probe'].post;
  return {
    document: whole,
    schemas: whole.components.schemas,
    input: requestBody.content['application/json'].schema.properties.value,
    output: responses[200].content['application/json'].schema.properties.value,
  };
}
export const validate = async (given: object) => {
  const { valid, errors } = await new Validator().validate(structuredClone(given) as Record<string, unknown>);
  return valid ? 'valid' : errors;
};
