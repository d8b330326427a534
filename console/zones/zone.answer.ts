import type { z } from 'zod';
import type { ConsentList } from '../../src/features/zones/consent.schema.ts';
import type { ZonePreview, Zone as ZoneSchema } from '../../src/features/zones/zone.answer.ts';
import type { ZoneRule } from '../../src/features/zones/zone.rule.ts';

// The answers of the service that this part shows.

export type Zone = z.output<typeof ZoneSchema>;
export type ZoneFacts = Zone['properties'];
export type Preview = z.output<typeof ZonePreview>;
export type Consent = z.output<typeof ConsentList>['consents'][number];
export type Area = Zone['geometry'];
export type { ZoneRule };
export type Stretch = Extract<ZoneRule, { border: string }>;

export const COUNTRIES = ['DZA', 'LBY', 'TUN'] as const;
export const BORDERS = ['DZA-TUN', 'LBY-TUN', 'DZA-LBY'] as const;

/** The rule of a derived area; undefined: it was drawn. */
export const ruleOf = ({ derivedFrom }: ZoneFacts): ZoneRule | undefined =>
  (derivedFrom as ZoneRule | null) ?? undefined;

export const isStretch = (rule: ZoneRule | undefined): rule is Stretch => !!rule && 'border' in rule;

/** Consents can be given: proposed, and not by all yet. */
export const isWaiting = ({ state, agreed }: ZoneFacts): boolean => state === 'proposed' && !agreed;

export const titleOfAct = (act: unknown): string =>
  typeof act === 'string' ? act : ((act as { title?: string } | null)?.title ?? '');
