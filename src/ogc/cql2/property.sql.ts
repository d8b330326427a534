import type { Said } from '../../core/messages/message.params.ts';
import { excerpt } from '../../core/messages/message.ts';
import { badRequest } from '../../core/problem.ts';
import { sql } from '../../db/sql.ts';
import type { Cql2Property } from './cql2.expression.ts';
import type { Operand, Scope } from './operand.sql.ts';

/** The column behind a public name. */
export function propertyOf({ queryables }: Scope, { property }: Cql2Property): Operand {
  const queryable = queryables.get(property);
  if (!queryable) throw unknownProperty(property, [...queryables.keys()]);
  const said: Said = { is: 'property', name: excerpt(property), type: queryable.type };
  switch (queryable.type) {
    case 'interval': {
      const start = { kind: 'timestamp' as const, sql: queryable.sql, said };
      return { kind: 'interval', start, end: { ...start, sql: queryable.end }, range: queryable.range, said };
    }
    case 'geometry': {
      const { geography = sql`(${queryable.sql})::geography`, isPoint } = queryable;
      return { kind: 'geometry', sql: queryable.sql, geography, isPoint, isColumn: true, said };
    }
    case 'integer':
      return { kind: 'number', sql: queryable.sql, isInteger: true, said };
    case 'array':
      return { kind: 'array', sql: queryable.sql, asText: queryable.text, said };
    default:
      return { kind: queryable.type, sql: queryable.sql, said };
  }
}

const unknownProperty = (name: string, known: readonly string[]) =>
  badRequest('cql2-property-unknown', { name: excerpt(name), known });
