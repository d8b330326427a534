import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { Problem } from '../../src/core/problem.ts';
import { translateDatabaseError } from '../../src/db/errors.ts';

const RAISED = /RAISE EXCEPTION '((?:[^']|'')*)'[^;]*?ERRCODE = '(TLP01|TPOUT)'/gs;
const NOTICE = '0199e0c4-6d00-7c1e-9f5e-000000000001';
const VALUES: Record<string, string[]> = { TPOUT: [NOTICE], TLP01: ['tun-douane', 'TUN'] };

/** What the triggers say to callers, with values of a real row. */
const raised = readdirSync('schema', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.sql') && file !== 'schema.sql')
  .flatMap((file) => [...readFileSync(`schema/${file}`, 'utf8').matchAll(RAISED)])
  .map(([, text = '', code = '']): [string, string] => {
    const blanks = text.split('%').length - 1;
    const values = VALUES[code]!.slice(-blanks);
    return [code, text.replaceAll('%', () => values.shift()!)];
  });

const problemOf = (code: string, sentence: string): unknown => {
  try {
    return translateDatabaseError(Object.assign(new pg.DatabaseError(sentence, 0, 'error'), { code }));
  } catch (error) {
    return error;
  }
};

describe('what a trigger raises has a code and its values', () => {
  test('and there are triggers that do', () => expect(raised).toHaveLength(4));

  test.each(raised)('%s %s', (code, sentence) => {
    const problem = problemOf(code, sentence) as Problem;
    expect(problem).toBeInstanceOf(Problem);
    expect(problem.code).toMatch(/^(outcome-missing|owner-fixed|label-wider|label-narrower)$/);
    for (const value of Object.values(problem.params)) expect(sentence).toContain(value);
    expect(Object.keys(problem.params)).toHaveLength(sentence.match(/TUN|tun-douane|0199e0c4/g)?.length ?? 0);
  });
});
