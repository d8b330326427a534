/** What the database refuses, or cannot answer. */
export const db = {
  'world-differs': ({ expected, found }: { expected: string; found: string }) =>
    `The database of the exercise ${expected} is the world ${found}. Its operator corrects WORLDS.`,
  'database-slow': () => 'The query took longer than the time limit. Ask for less at once.',
  'database-busy': () =>
    'Too many questions of this kind wait for the database. Try again in some seconds, with fewer at once.',
  'world-unfit': () =>
    'The database of the exercise does not fit this version of the service. Its operator migrates it, and starts the service again.',
  'database-away': () => 'The database cannot be reached at the moment. Try again shortly.',
  'database-read-only': () => 'The database takes no writes at the moment. Try again shortly.',
  'database-full': () =>
    'The disk of the database is full. Until there is room, nothing can be written, and no labelled data read, because each such read is logged.',
  'database-not-migrated': () => 'The database is not migrated. Run: npm run migrate',
  'database-behind': ({ missing }: { missing: number }) =>
    `The database lacks ${missing} migrations. Run: npm run migrate`,
  'schema-stale': ({ files, first }: { files: number; first: string }) =>
    `${files} files of schema/ differ from what made the database, such as ${first}. Run: npm run migrate`,
  'schema-unnumbered': () =>
    'The database does not say which program made it, or an older one did. Run: npm run migrate',
  'objects-lost': ({ objects, first }: { objects: number; first: string }) =>
    `The database lacks ${objects} objects of schema/schema.sql, such as ${first}. Run: npm run migrate. If that does not bring them back, restore a backup.`,
  'change-collided': () => 'Another change came in between. Try again.',
  'already-exists': () => 'Something with this id or identity already exists.',
  'reference-missing': ({ rule }: { rule: string }) =>
    `The input refers to something that does not exist (${rule}).`,
  'rule-broken': ({ rule }: { rule: string }) =>
    `The input breaks a rule of the data: ${rule.replaceAll('_', ' ')}.`,
  'value-unreadable': () => 'A value cannot be read. Check numbers, times and cursors.',
  'number-overflow': () => 'A number is too large, or a calculation has no result. Check the numbers.',
  'area-invalid': () => 'The area is not valid: its rings cross or touch where they must not.',
  'area-half-globe': () =>
    'An edge of the area spans half the globe, so its direction is ambiguous. Divide the edge.',
};
