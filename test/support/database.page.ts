import {
  type Column,
  type DatabaseObjects,
  type ForeignKey,
  fileOf,
  rolesInWords,
  roomsOfTables,
  type Trigger,
  testsOfFunctions,
} from './database.objects.ts';
import type { Step } from './write.trace.ts';

/** A kind of write with what happened. */
export interface TracedWrite {
  chapter: string;
  title: string;
  request: string;
  steps: Step[];
}

const HEAD = `# The database

Written by \`npm run schema\` from the catalogue and from traces of real writes, and compared by \`test/database/documented.test.ts\`
on both databases. Do not edit it: edit the comments in \`migrations/\` and \`schema/\`
([decision 0025](decisions/0025-database-in-plain-sight.md)).

Tables live in the schema \`base\`, which the service cannot reach. It reads and writes the views of the schema \`tripoint\`, which show a
caller only its rows ([decision 0002](decisions/0002-rows-by-caller.md)). Rules that must hold for every writer are constraints and triggers. The
words are those of the [glossary](glossary.md).

* [Roles](#roles)
* Rooms: ROOMS
* What happens on a write: WRITES`;

const ORDER = `## What happens on a write

Each table is a trace of a real write: what the statement does, and the triggers that it fires, in order. A number below another
one happens inside it. For one statement, PostgreSQL fires triggers *before each row*, then *after each row*, then *after the statement*, each by
name. No trigger is deferred: all of this is over when the statement is, and nothing more happens at the commit. What
foreign keys delete, and the triggers of that, have no fixed order; here they stand by table. Statements that write no row are left out, and a trigger that does the same for
several rows stands once.`;

export function renderPage(objects: DatabaseObjects, writes: readonly TracedWrite[]): string {
  const rooms = roomsOfTables();
  const names = [...new Set(objects.tables.map(({ name }) => rooms.get(name)!))].sort();
  const chapters = [...new Set(writes.map(({ chapter }) => chapter))];
  const head = HEAD.replace('ROOMS', names.map((room) => `[${room}](#room-${room})`).join(', ')).replace(
    'WRITES',
    chapters.map((chapter) => link(chapter)).join(', '),
  );
  return `${[
    head,
    roles(objects),
    ...names.map((room) => renderRoom(objects, room, rooms)),
    ORDER,
    ...chapters.map((chapter) => renderChapter(objects, chapter, writes)),
    unfired(objects, writes),
  ].join('\n\n')}\n`;
}

const link = (heading: string) => `[${heading}](#${heading.toLowerCase().replaceAll(' ', '-')})`;
const tableLink = (name: string) => `[${name}](#${name})`;
const fileLink = (path: string, text: string) => `[${text}](../${path})`;
/** In a cell of a table. */
const cell = (text: string | null | undefined) => (text ?? '').replaceAll('|', '\\|').replaceAll('\n', ' ');
const grid = (head: string[], rows: string[][]) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

function roles({ rights }: DatabaseObjects): string {
  const rows = rolesInWords().map(([role, sentence]) => {
    const own = rights.filter((right) => right.role === role);
    const may = role === 'tripoint_service' ? own.filter(({ object }) => object.endsWith('()')) : own;
    const list = may.map(({ object, rights: words }) =>
      object.endsWith('()') ? `\`${object}\`` : `${words}: \`${object}\``,
    );
    const views = role === 'tripoint_service' ? 'the views, as their tables say below; ' : '';
    return [`\`${role}\``, cell(sentence), `${views}${list.join(', ')}`];
  });
  return `## Roles\n\nNone of them can log in: the service takes one on for each statement. The owner of the tables runs migrations.\n\n${grid(
    ['role', 'what it is for', 'what it may use'],
    rows,
  )}`;
}

function renderRoom(objects: DatabaseObjects, room: string, rooms: ReadonlyMap<string, string>): string {
  const tables = objects.tables.filter(({ name }) => rooms.get(name) === room);
  return [
    `## Room ${room}`,
    diagram(
      objects,
      tables.map(({ name }) => name),
    ),
    ...tables.map(({ name, comment }) => renderTable(objects, name, comment)),
  ].join('\n\n');
}

function diagram({ columns, foreignKeys }: DatabaseObjects, tables: string[]): string {
  const keysOf = (table: string) => foreignKeys.filter((key) => key.table === table);
  const entity = (table: string) => {
    const linking = new Set(keysOf(table).flatMap(({ columns: names }) => names));
    const shown = columns.filter(
      (column) => column.table === table && (column.isKey || linking.has(column.name)),
    );
    const lines = shown.map(({ name, type, isKey }) => {
      const marks = [isKey && 'PK', linking.has(name) && 'FK'].filter(Boolean).join(', ');
      return `    ${mermaidType(type)} ${name} ${marks}`;
    });
    return `  ${table} {\n${lines.join('\n')}\n  }`;
  };
  const relations = tables.flatMap((table) => keysOf(table).map(relation));
  return `\`\`\`mermaid\nerDiagram\n${[...tables.map(entity), ...new Set(relations)].join('\n')}\n\`\`\``;
}

const mermaidType = (type: string) =>
  type
    .replace(/\(.*\)/, '')
    .replace('[]', '_array')
    .replaceAll(' ', '_');

const relation = ({ table, columns, target, isUnique, nullable }: ForeignKey): string =>
  `  ${target} ${nullable ? '|o' : '||'}--${isUnique ? 'o|' : 'o{'} ${table} : "${columns.join(', ')}"`;

function renderTable(objects: DatabaseObjects, name: string, comment: string | null): string {
  const columns = objects.columns.filter((column) => column.table === name);
  const keys = objects.foreignKeys.filter((key) => key.table === name);
  return [
    `### ${name}`,
    comment,
    whoSees(objects, name),
    grid(
      ['column', 'type', 'meaning'],
      columns.map((column) => [
        `\`${column.name}\``,
        cell(column.nullable ? `${column.type}, or NULL` : column.type),
        cell(meaningOf(column, keys)),
      ]),
    ),
    renderChecks(objects, name),
    renderTriggers(objects, name),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function meaningOf({ name, isKey, generated, comment }: Column, keys: readonly ForeignKey[]): string {
  const targets = keys.filter(({ columns }) => columns[0] === name);
  return [
    isKey && 'Primary key.',
    ...targets.map(
      ({ columns, target, cascades }) =>
        `${columns.length > 1 ? `With \`${columns.slice(1).join('`, `')}\`: → ` : '→ '}${tableLink(target)}${cascades ? ', deleted with it' : ''}.`,
    ),
    comment,
    generated && comment === null && `Computed: \`${generated.replace(/\s+/g, ' ')}\`.`,
  ]
    .filter(Boolean)
    .join(' ');
}

function whoSees({ views, rights }: DatabaseObjects, table: string): string {
  const view = views.find(({ name }) => name === table);
  const others = rights
    .filter(({ object }) => object === `base.${table}`)
    .map(({ role, rights: words }) => `\`${role}\` may ${words}`);
  const also = others.length > 0 ? ` ${others.join(', ')}.` : '';
  if (!view)
    return `**Who sees the rows:** nobody through the service; the database uses them itself.${also}`;
  const file = fileLink(fileOf(`CREATE VIEW tripoint.${table} AS`)!, 'condition');
  return `**Who sees the rows:** ${view.comment} (${file}) The service may ${view.rights}.${also}`;
}

const testLinks = (tests: readonly string[] | undefined): string =>
  (tests ?? []).map((path) => fileLink(path, path.replace(/^test\/|\.test\.ts$/g, ''))).join(', ');

function renderTriggers({ triggers }: DatabaseObjects, table: string): string {
  const tests = testsOfFunctions();
  const own = triggers.filter((trigger) => trigger.table === table);
  if (own.length === 0) return '';
  // one line for those that call the same function, such as audit_insert, audit_update and audit_delete
  const byFunction = new Map<string, typeof own>();
  for (const trigger of own)
    byFunction.set(trigger.function, [...(byFunction.get(trigger.function) ?? []), trigger]);
  const rows = [...byFunction].map(([name, ones]) => [
    ones.map((one) => `\`${one.name}\``).join(', '),
    whenOf(ones),
    functionLink(name),
    cell(ones[0]!.comment),
    testLinks(tests.get(name)),
  ]);
  return grid(['trigger', 'when', 'function', 'what and why', 'test'], rows);
}

/** It breaks each rule that has a name. */
const RULES_TEST = 'test/database/rules.test.ts';

const EVENTS = ['insert', 'update', 'delete', 'truncate'];

/** `after insert, update, delete: the statement`, or several of these. */
function whenOf(triggers: readonly Trigger[]): string {
  const groups = new Map<string, string[]>();
  for (const { moment, level, events } of triggers) {
    const key = `${moment} … ${level === 'each row' ? 'of each row' : 'by a statement'}`;
    groups.set(key, [...(groups.get(key) ?? []), ...events]);
  }
  return [...groups]
    .map(([key, events]) => key.replace('…', EVENTS.filter((event) => events.includes(event)).join(', ')))
    .join('; ');
}

function renderChecks({ checks }: DatabaseObjects, table: string): string {
  const own = checks.filter((check) => check.table === table);
  if (own.length === 0) return '';
  return grid(
    ['rule of each row', 'condition', 'why', 'test'],
    own.map(({ name, definition, comment, isNamed }) => [
      `\`${name}\``,
      cell(`\`${definition.replace(/\s+/g, ' ')}\``),
      cell(comment),
      isNamed ? testLinks([RULES_TEST]) : '',
    ]),
  );
}

const functionLink = (name: string): string => {
  const file = ['base', 'tripoint']
    .map((schema) => fileOf(`FUNCTION ${schema}.${name}(`))
    .find((path) => path !== undefined);
  return file ? fileLink(file, `\`${name}\``) : `\`${name}\``;
};

function renderChapter(objects: DatabaseObjects, chapter: string, writes: readonly TracedWrite[]): string {
  const own = writes.filter((write) => write.chapter === chapter);
  const sections = own.map(({ title, request, steps }) => {
    const rows = rowsOf(objects, steps);
    return `#### ${title}\n\n${source(request)}\n\n${grid(['step', 'what happens', 'what and why', 'test'], rows)}`;
  });
  return [`### ${chapter}`, ...sections].join('\n\n');
}

const source = (request: string): string => {
  const [, file] = /^job: (.+)$/.exec(request) ?? [];
  return file ? `By a job of the service, ${fileLink(file, file)}:` : `\`${request}\``;
};

function rowsOf(objects: DatabaseObjects, steps: readonly Step[], above?: Step, number = ''): string[][] {
  return steps.flatMap((step, n) => {
    const own = `${number}${n + 1}`;
    const [what, why, test] = describeStep(objects, step, above);
    // said once where a function runs several statements
    const isSaid = step.writer !== undefined && step.writer === steps[n - 1]?.writer;
    return [
      [own, what!, isSaid ? '' : why!, isSaid ? '' : test!],
      ...rowsOf(objects, step.steps, step, `${own}.`),
    ];
  });
}

const describeStep = (objects: DatabaseObjects, step: Step, above: Step | undefined): string[] =>
  step.trigger === undefined
    ? describeStatement(objects, step, above)
    : describeTrigger(objects, step, above);

const triggerOf = ({ triggers }: DatabaseObjects, step: Step | undefined): Trigger | undefined =>
  triggers.find(({ table, name }) => table === step?.table && name === step.trigger);

const VERB: Record<string, string> = { INSERT: 'inserts into', UPDATE: 'updates', DELETE: 'deletes from' };

function describeStatement(objects: DatabaseObjects, step: Step, above: Step | undefined): string[] {
  const { operation, table, writer } = step;
  const verb = above === undefined && writer === undefined ? `**${operation}**` : VERB[operation]!;
  const what = `${verb} ${tableLink(table)}`;
  if (writer === 'foreign key') return [`${what} (foreign key)`, '', ''];
  if (writer === undefined || writer === triggerOf(objects, above)?.function) return [what, '', ''];
  return [
    `${what} in ${functionLink(writer)}`,
    cell(objects.functionComments.get(writer)),
    testLinks(testsOfFunctions().get(writer)),
  ];
}

function describeTrigger(objects: DatabaseObjects, step: Step, above: Step | undefined): string[] {
  const trigger = triggerOf(objects, step)!;
  const table = above?.table === step.table ? '' : ` on ${tableLink(step.table)}`;
  return [
    `${trigger.moment} ${trigger.level}${table}: \`${trigger.name}\` → ${functionLink(trigger.function)}`,
    cell(trigger.comment),
    testLinks(testsOfFunctions().get(trigger.function)),
  ];
}

/** So that nobody takes the traces for all that there is. */
function unfired({ triggers }: DatabaseObjects, writes: readonly TracedWrite[]): string {
  const fired = new Set<string>();
  const walk = ({ table, trigger, steps }: Step): void => {
    fired.add(`${table} ${trigger}`);
    steps.forEach(walk);
  };
  for (const { steps } of writes) steps.forEach(walk);
  const rest = triggers.filter(({ table, name }) => !fired.has(`${table} ${name}`));
  const byTable = [...new Set(rest.map(({ table }) => table))].map(
    (table) =>
      `* ${tableLink(table)}: ${rest
        .filter((one) => one.table === table)
        .map(({ name }) => `\`${name}\``)
        .join(', ')}`,
  );
  return `### Triggers that no trace shows\n\nThey fire for other writes: of reference data by a seed, for a change that these writes do not make, or to refuse one.\n\n${byTable.join('\n')}`;
}
