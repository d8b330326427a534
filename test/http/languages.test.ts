import { describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { type Code, message, PROBLEM_SLUGS } from '../../src/core/catalogue.ts';
import { english } from '../../src/core/messages/en/english.ts';
import { Problem } from '../../src/core/problem.ts';
import { LANGUAGES } from '../../src/core/vocabulary.ts';
import { samplesOf } from '../support/message.samples.ts';
import { sampleApp } from './sample.app.ts';

const api = request(sampleApp().app);

test.each([
  ['fr', 'fr'],
  ['ar', 'ar'],
  ['en', 'en'],
  ['fr-TN, en;q=0.5', 'fr'],
  ['de, ar-LY;q=0.8, en;q=0.7', 'ar'],
  ['en;q=0.2, fr;q=0.9', 'fr'],
  ['fr;q=0, ar;q=0.1', 'ar'],
  ['de', 'en'],
  ['*', 'en'],
  ['not a language', 'en'],
  [undefined, 'en'],
])('a problem for Accept-Language %s is in %s', async (asked, language) => {
  const { headers, body } = await api
    .get('/v1/nothing')
    .set(asked === undefined ? {} : { 'Accept-Language': asked })
    .expect(404);
  expect(headers['content-language']).toBe(language);
  expect(headers.vary).toMatch(/\bAccept-Language\b/);
  expect(body.title).toBe({ en: 'Not found', fr: 'Introuvable', ar: 'غير موجود' }[language]);
});

test('code, params and errors of a problem are the same in each language, its texts are not', async () => {
  const asked = (language: string) =>
    api.get('/v1/zones?limit=0&odd=1').set('Accept-Language', language).expect(400);
  const answers = await Promise.all(LANGUAGES.map(asked));
  const withoutTexts = answers.map(({ body }) => ({
    ...body,
    title: '',
    detail: '',
    requestId: '',
    errors: body.errors.map((fault: object) => ({ ...fault, message: '' })),
  }));
  expect(withoutTexts[1]).toEqual(withoutTexts[0]);
  expect(withoutTexts[2]).toEqual(withoutTexts[0]);
  for (const read of [
    (body: { title: string }) => body.title,
    (body: { detail: string }) => body.detail,
    (body: { errors: { message: string }[] }) => body.errors[0]!.message,
  ])
    expect(new Set(answers.map(({ body }) => read(body))).size).toBe(3);
});

describe('every code', () => {
  const thrown: { problem?: Problem } = {};
  const { app } = sampleApp({
    ready: async () => {
      throw thrown.problem;
    },
  });

  test('is answered with the same code and params in three languages', async () => {
    const mixed: unknown[] = [];
    for (const [i, code] of (Object.keys(english.texts) as Code[]).entries()) {
      const says = message(code, samplesOf(code)[0] as never);
      const errors = [{ in: 'body', path: 'x', ...says } as const];
      const slug = PROBLEM_SLUGS[i % PROBLEM_SLUGS.length]!;
      thrown.problem = new Problem({ status: 422, slug, says, errors });
      const told = await Promise.all(
        LANGUAGES.map((language) => request(app).get('/readyz').set('Accept-Language', language)),
      );
      const [en, ...others] = told.map(({ status, body }) => ({
        status,
        code: body.code,
        params: body.params,
        errors: body.errors?.map((one: { code: string; params: object }) => [one.code, one.params]),
      }));
      const sent = JSON.parse(JSON.stringify({ code, params: says.params }));
      if (en!.code !== sent.code || JSON.stringify(en!.params) !== JSON.stringify(sent.params))
        mixed.push({ sent, en });
      for (const other of others) if (JSON.stringify(other) !== JSON.stringify(en)) mixed.push({ en, other });
      const details = new Set(told.map(({ body }) => body.detail));
      const messages = new Set(told.map(({ body }) => body.errors?.[0]?.message));
      if (details.size !== 3 || messages.size !== 3) mixed.push({ code, details: [...details] });
    }
    expect(mixed).toEqual([]);
  });
});

describe('pages', () => {
  const page = (path: string, language: string) =>
    api.get(path).set({ Accept: 'text/html', 'Accept-Language': language });

  test.each([
    ['en', 'ltr', 'Not found', 'What this means', 'Sign in'],
    ['fr', 'ltr', 'Introuvable', 'Ce que cela signifie', 'Se connecter'],
    ['ar', 'rtl', 'غير موجود', 'ما معنى هذا', 'تسجيل الدخول'],
  ])('of a problem are in %s, from %s', async (language, direction, ...words) => {
    const { text, headers } = await page('/v1/nothing', language).expect(404);
    expect(text).toContain(`<html lang="${language}" dir="${direction}">`);
    for (const word of words) expect(text).toContain(word);
    expect(headers['content-language']).toBe(language);
    expect(headers.vary).toMatch(/\bAccept-Language\b/);
  });

  test('of the problem types are in the language of the reader, their JSON is not', async () => {
    const { text, headers } = await page('/problems/not-found', 'ar').expect(200);
    expect(text).toContain('غير موجود');
    expect(headers['content-language']).toBe('ar');
    const json = await api.get('/problems/not-found').set('Accept-Language', 'ar').expect(200);
    expect(json.body.title).toBe('Not found');
    expect(json.headers).not.toHaveProperty('content-language');
    expect(json.headers.vary ?? '').not.toMatch(/Accept-Language/);
  });
});

test('other JSON never varies by language', async () => {
  const answers = await Promise.all(
    LANGUAGES.map((language) => api.get('/v1/zones').set('Accept-Language', language)),
  );
  const [en, ...others] = answers;
  expect(en!.status).toBe(200);
  for (const { headers, text } of others) {
    expect(text).toBe(en!.text);
    expect(headers.etag).toBe(en!.headers.etag);
    expect(headers).not.toHaveProperty('content-language');
    expect(headers.vary).not.toMatch(/Accept-Language/);
  }
});
