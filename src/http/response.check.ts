import { Readable } from 'node:stream';
import { z } from 'zod';
import { textOf } from '../core/catalogue.ts';
import type { Message } from '../core/messages/message.ts';
import type { Language } from '../core/vocabulary.ts';
import { defaultStatus, type Operation } from './operation.ts';
import { ProblemDocument } from './problem.schema.ts';
import { isJson } from './reply.sender.ts';
import { JsonText, type Reply } from './reply.ts';

/** Throws if a reply differs from its documentation: status, media type, body. */
export function checkReply(op: Operation, reply: Reply): void {
  const status = reply.status ?? defaultStatus(op);
  const spec = op.responses[status];
  if (!spec) throw new Error(`${op.id} answers ${status}, which is not among its documented responses.`);
  const documented = spec.mediaType ?? 'application/json';
  const mediaType = reply.mediaType ?? documented;
  const schema = mediaType === documented ? spec.schema : spec.also?.[mediaType];
  if (schema === undefined && mediaType !== documented)
    throw new Error(`${op.id} answers ${mediaType}; documented is ${documented}.`);
  if (schema && isJson(mediaType) && !(reply.body instanceof Readable)) checkBody(op, schema, reply.body);
}

/** Throws where a problem lacks its code, or where code and params, as they are sent, do not make its texts. */
export function checkProblem(document: object, language: Language = 'en'): void {
  const { success, error, data } = ProblemDocument.safeParse(JSON.parse(JSON.stringify(document)));
  if (!success) throw new Error(`A problem breaks its schema:\n${z.prettifyError(error)}`);
  const texts = [{ ...data, message: data.detail }, ...(data.errors ?? [])];
  const wrong = texts.find((one) => textOf(one as Message, language) !== one.message);
  if (wrong) throw new Error(`The params of ${wrong.code} do not make its text: ${wrong.message}`);
}

function checkBody(op: Operation, schema: z.ZodType, body: unknown): void {
  const sent = JSON.parse(body instanceof JsonText ? String(body.bytes) : (JSON.stringify(body) ?? 'null'));
  const parsed = schema.safeParse(sent);
  if (!parsed.success)
    throw new Error(`${op.id} breaks its response schema:\n${z.prettifyError(parsed.error)}`);
  const extra = undocumented(sent, parsed.data, '');
  if (extra) throw new Error(`${op.id} answers ${extra}, which its response schema does not name.`);
}

/** The first property that zod dropped as undocumented. */
function undocumented(sent: unknown, parsed: unknown, path: string): string | undefined {
  if (!isObject(sent) || !isObject(parsed)) return undefined;
  for (const [name, value] of Object.entries(sent)) {
    const place = `${path}/${name}`;
    if (!Object.hasOwn(parsed, name)) return place;
    const inner = undocumented(value, parsed[name], place);
    if (inner) return inner;
  }
  return undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
