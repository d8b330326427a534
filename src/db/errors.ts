import pg from 'pg';
import { message } from '../core/catalogue.ts';
import type { Message } from '../core/messages/message.ts';
import {
  badRequest,
  conflict,
  noRoom,
  Problem,
  refused,
  unavailable,
  unprocessable,
} from '../core/problem.ts';
import { correctionFault } from './correction.fault.ts';
import { LaneFull } from './lanes.ts';

const DATABASE_AWAY = /^(08|57P|53|3D)|^(ECONN|ENOENT|EPIPE|ETIMEDOUT)/;
const LOST_CONNECTION = /connection terminated|timeout exceeded|client has encountered|not queryable/i;

/** The single place that translates database errors to Problems. */
export function translateDatabaseError(error: unknown): never {
  if (error instanceof Problem) throw error;
  if (error instanceof LaneFull) throw unavailable(5, 'database-busy');
  const { code = '', message = '' } = error as { code?: string; message?: string };
  if (code === '57014') throw unavailable(undefined, 'database-slow');
  if (code === '25006') throw unavailable(5, 'database-read-only');
  if (code === '53100') throw noRoom('database-full');
  if (DATABASE_AWAY.test(code) || LOST_CONNECTION.test(message)) {
    throw unavailable(2, 'database-away');
  }
  if (error instanceof pg.DatabaseError) throw ofConstraint(error);
  throw error;
}

function ofConstraint(error: pg.DatabaseError): Error {
  switch (error.code) {
    case '23505':
      return conflict('already-exists', 'already-exists');
    case '23503':
      return conflict('reference-missing', 'reference-missing', { rule: ruleOf(error) });
    case '23514':
      if (error.constraint === 'zone_area_is_valid') return invalidArea();
      return unprocessable('rule-broken', 'rule-broken', { rule: ruleOf(error) });
    case '44000':
      return unprocessable('label-out-of-reach', 'label-out-of-reach');
    // Twin: TLP01 in schema/release/guard_label.function.sql, compared by test/release/labels.test.ts
    case 'TLP01':
      return refused(labelRefusal(error.message));
    // Twin: TPOUT in schema/incidents/incident.triggers.sql, compared by test/coordination/distress.test.ts
    case 'TPOUT':
      return conflict('outcome-missing', 'outcome-missing', { notice: NOTICE.exec(error.message)?.[1] });
    // Twin: TPNAT in schema/incidents/incident.triggers.sql, compared by test/worlds/natures.test.ts
    case 'TPNAT':
      return unprocessable('nature-of-other-world', 'nature-of-other-world', natureRefusal(error.message));
    case 'TPREF':
      return correctionFault(error);
    // Twin: TPEND in schema/worlds/end_world.functions.sql, compared by test/worlds/end.test.ts
    case 'TPEND':
      return conflict('world-ended', 'world-ended', endOf(error.message));
    case '40001':
    case '40P01':
      return unavailable(1, 'change-collided');
    case '22P02':
    case '22007':
    case '22008':
    case '22021':
      return badRequest('value-unreadable');
    case '22003':
    case '2201F':
      return badRequest('number-overflow');
    // tables, views or the service's role are missing
    case '42P01':
    case '42883':
    case '3F000':
    case '22023':
      return unavailable(undefined, 'database-not-migrated');
    case 'XX000':
      if (/antipodal/i.test(error.message)) return unprocessable('geometry-invalid', 'area-half-globe');
      return /topology|lwgeom|geos/i.test(error.message) ? invalidArea() : error;
    default:
      return error;
  }
}

/** Faults that only the database finds; turf's checks pass them. */
export const invalidArea = () => unprocessable('geometry-invalid', 'area-invalid');

/** The sentence of the trigger base.revise_incident. */
function natureRefusal(sentence: string): { nature: string; world: string } {
  const [nature = '', world = ''] = sentence.replace(/\.$/, '').split(' does not belong into the world ');
  return { nature, world };
}

/** The sentence of base.refuse_after_end. */
function endOf(sentence: string): { world: string; at: string } {
  const [, world = '', at = ''] = /^The exercise (\S+) ended at (\S+)\.$/.exec(sentence) ?? [];
  return { world, at };
}

const NOTICE = /distress\/([0-9a-f-]{36})\//;
const WIDER = /^Only a coordinator of (\w+) lets/;
const NARROWER = /^Only (\S+|its agency) or a coordinator of (\w+) lets/;

/** The sentences of the trigger base.guard_label, which refuses what label.permission.ts refuses first. */
export function labelRefusal(sentence: string): Message {
  const [, owner] = WIDER.exec(sentence) ?? [];
  if (owner !== undefined) return message('label-wider', { owner });
  const [, agency = '', country] = NARROWER.exec(sentence) ?? [];
  if (country !== undefined)
    return message('label-narrower', { owner: country, agency: agency === 'its agency' ? null : agency });
  return message(/^Whose/.test(sentence) ? 'owner-fixed' : 'label-guarded');
}

const ruleOf = ({ constraint = 'unknown' }: pg.DatabaseError): string => constraint;
