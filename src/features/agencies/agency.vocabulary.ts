import { z } from 'zod';

export const AGENCY_TYPES = [
  'army',
  'border_guard',
  'border_police',
  'civil_protection',
  'coast_guard',
  'coordination',
  'customs',
  'gendarmerie',
  'health',
  'humanitarian',
  'local_authority',
  'migration',
  'police',
  'port_operator',
  'port_security',
  'sar_sea',
  'other',
] as const;

export const MANDATE_FUNCTIONS = [
  'border_surveillance',
  'passport_control',
  'customs_control',
  'port_security',
  'port_operation',
  'zone_access',
  'civil_protection',
  'search_rescue',
  'health_control',
  'migration_referral',
] as const;
export const MandateFunction = z
  .enum(MANDATE_FUNCTIONS)
  .meta({ id: 'MandateFunction', description: 'Responsibility of an agency.', example: 'search_rescue' });

export const MANDATE_RANKS = ['primary', 'supporting', 'disputed'] as const;
export const MandateRank = z.enum(MANDATE_RANKS).meta({
  id: 'MandateRank',
  description: 'Lead, support, or disputed between sources.',
  example: 'primary',
});

/** From the widest to the narrowest. */
export const SCOPE_TYPES = ['country-border', 'border', 'segment', 'zone', 'crossing-side'] as const;
