import { computed, effect, signal } from '@preact/signals';
import type { Position } from 'geojson';
import { ask } from '../api/request.ts';
import { me } from '../api/session.ts';
import { show } from '../app/address.ts';
import { borderLength, nearestBorder } from '../map/border.km.ts';
import { centre } from '../map/map.handle.ts';
import { bodyOf, changeOf, localOf } from './draft.body.ts';
import { BORDERS, isStretch, ruleOf, titleOfAct, type Zone } from './zone.answer.ts';
import { type OpenZone, refresh } from './zone.store.ts';

/** What is typed and drawn, as it stands in the fields. It stays when the service refuses it, and goes when somebody else signs in. */
export interface Draft {
  /** What it changes; undefined: a new zone. */
  base?: { zone: Zone; etag: string };
  source: 'border' | 'drawn' | 'kept';
  border: string;
  fromKm: string;
  toKm: string;
  widthKm: string;
  side: string;
  nameEn: string;
  nameFr: string;
  nameAr: string;
  kind: string;
  purpose: string;
  participants: readonly string[];
  /** Local times, as fields of dates hold them. */
  validFrom: string;
  validTo: string;
  legalAct: string;
  tlp: string;
  releasableTo: readonly string[];
}

export const draft = signal<Draft | undefined>(undefined);

/** Drawn corners, without the closing one; all versions of them, for undo. */
const history = signal<{ rings: Position[][]; at: number }>({ rings: [[]], at: 0 });
/** Takes back the last corner of an outline that is not closed yet. */
export const takeBack = signal<(() => void) | undefined>(undefined);
export const ring = computed(() => history.value.rings[history.value.at]!);
export const canUndo = computed(() => takeBack.value !== undefined || history.value.at > 0);
export const canRedo = computed(() => history.value.at < history.value.rings.length - 1);

export function setRing(corners: Position[]): void {
  const { rings, at } = history.peek();
  if (JSON.stringify(corners) === JSON.stringify(rings[at])) return;
  history.value = { rings: [...rings.slice(0, at + 1), corners], at: at + 1 };
}
export function undo(): void {
  if (takeBack.peek()) takeBack.peek()!();
  else stepHistory(-1);
}
export const redo = (): void => stepHistory(1);

function stepHistory(by: 1 | -1): void {
  const { rings, at } = history.peek();
  history.value = { rings, at: Math.min(rings.length - 1, Math.max(0, at + by)) };
}

export function set(change: Partial<Draft>): void {
  if (draft.value) draft.value = { ...draft.value, ...change };
}

const AROUND_KM = 20;

/** Opens the workbench: for a new zone near what the map shows, or for the next revision. */
export function beginDraft(zone?: OpenZone): void {
  const { newest, etag } = zone ?? {};
  const mine = BORDERS.filter((one) => one.includes(me.peek()?.country ?? ''));
  const { code, km } = nearestBorder(centre.peek(), mine) ?? { code: mine[0]!, km: AROUND_KM };
  const lengthKm = borderLength(code) ?? km + AROUND_KM;
  const near = {
    border: code,
    fromKm: String(Math.round(Math.max(0, km - AROUND_KM))),
    toKm: String(Math.round(Math.min(Math.floor(lengthKm), km + AROUND_KM))),
    widthKm: '10',
    side: 'both',
  };
  const corners = newest ? cornersOf(newest) : [];
  history.value = { rings: [corners], at: 0 };
  draft.value = newest
    ? { ...near, ...contentOf(newest), base: { zone: newest, etag: etag! } }
    : { ...near, ...emptyContent(code) };
}

const emptyContent = (border: string) => ({
  source: 'border' as const,
  nameEn: '',
  nameFr: '',
  nameAr: '',
  kind: 'joint_monitoring',
  purpose: '',
  participants: border.split('-'),
  validFrom: '',
  validTo: '',
  legalAct: '',
  tlp: 'AMBER',
  releasableTo: [],
});

function contentOf({ properties }: Zone) {
  const { names, kind, purpose, participants, validFrom, validTo, legalAct, tlp, releasableTo } = properties;
  const rule = ruleOf(properties);
  return {
    ...(isStretch(rule)
      ? {
          source: 'border' as const,
          border: rule.border,
          fromKm: String(rule.fromKm),
          toKm: String(rule.toKm),
          widthKm: String(rule.widthMetres / 1000),
          side: rule.side ?? 'both',
        }
      : { source: 'kept' as const }),
    nameEn: names.en,
    nameFr: names.fr ?? '',
    nameAr: names.ar ?? '',
    kind,
    purpose: purpose ?? '',
    participants,
    validFrom: localOf(validFrom),
    validTo: localOf(validTo),
    legalAct: titleOfAct(legalAct),
    tlp,
    releasableTo,
  };
}

/** The corners of an area of one part without holes; others are drawn again. */
function cornersOf({ geometry }: Zone): Position[] {
  const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  return parts.length === 1 && parts[0]!.length === 1 ? (parts[0]![0]!.slice(0, -1) as Position[]) : [];
}

/** A change of anything but a draft is a proposal at once. */
export const isProposal = computed(() => {
  const state = draft.value?.base?.zone.properties.state;
  return state !== undefined && state !== 'draft';
});

/** Writes what stands in the fields. Returns false if nothing differs. */
export async function saveDraft({ isProposed }: { isProposed: boolean }): Promise<boolean> {
  const { base, ...content } = draft.value!;
  const saved = base ? await change(base, content) : await create(content, isProposed);
  if (!saved) return false;
  const id = String(saved.zone.id);
  if (base && isProposed && !isProposal.value)
    await ask(`/zones/${encodeURIComponent(id)}/proposal`, {
      method: 'POST',
      headers: { 'If-Match': saved.etag },
    });
  draft.value = undefined;
  show({ item: id }, { isStep: true });
  await refresh();
  return true;
}

async function create(content: Draft, propose: boolean) {
  const body = bodyOf(content, ring.value);
  const answer = await ask<Zone>('/zones', {
    method: 'POST',
    body,
    ...(propose && { query: { propose: 'true' } }),
  });
  return { zone: answer.body, etag: answer.etag ?? '' };
}

async function change(base: NonNullable<Draft['base']>, content: Draft) {
  const body = changeOf(content, ring.value, base.zone);
  if (!body) return draft.value && isProposal.value ? undefined : base;
  const path = `/zones/${encodeURIComponent(String(base.zone.id))}`;
  const answer = await ask<Zone>(path, { method: 'PATCH', body, headers: { 'If-Match': base.etag } });
  const saved = { zone: answer.body, etag: answer.etag ?? '' };
  // when the proposal that follows is refused, the draft is saved all the same
  set({ base: saved });
  return saved;
}

// what one officer has typed is not for the next one
let typedBy: string | undefined;
effect(() => {
  const officer = me.value?.agency;
  if (officer !== typedBy) draft.value = undefined;
  typedBy = officer;
});
