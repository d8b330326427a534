import { expect, test } from '@jest/globals';
import { schemaFiles } from '../../src/db/schema.files.ts';

/** Statements that are made of text, but for questions; and blocks, which could make anything. */
function writtenStatements(text: string): string[] {
  const code = text.replace(/--.*$/gm, '');
  return [
    ...(code.match(/^\s*DO\s+\$.*/gim) ?? []),
    ...[...code.matchAll(/\bEXECUTE\s+(?!FUNCTION\b|ON\b)(.*)/gi)]
      .map(([, statement]) => statement!)
      .filter((statement) => !/^(format\s*\(\s*)?'SELECT /.test(statement)),
  ];
}

/** It closes each table that the service may write, also those of later versions, which a list by hand would miss. */
const CLOSING = 'schema/worlds/end_world.functions.sql';

test.each(schemaFiles().filter(({ path }) => path !== CLOSING))(
  '$path makes nothing by SQL that writes SQL',
  ({ text }) => {
    expect(writtenStatements(text)).toEqual([]);
  },
);

test.each([
  "EXECUTE format('CREATE TRIGGER %I', name);",
  "EXECUTE 'DROP VIEW ' || name;",
  'EXECUTE statement;',
  'DO $$ BEGIN NULL; END $$;',
])('finds: %s', (statement) => {
  expect(writtenStatements(`BEGIN\n  ${statement}\nEND`)).toHaveLength(1);
});
