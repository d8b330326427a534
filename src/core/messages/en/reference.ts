import { list } from './words.ts';

/** Corrections of the reference data. */
export const reference = {
  'side-id-form': () => 'names a crossing and a country, such as ras-ajdir/TUN',
  'valid-from-future': ({ value }: { value: string }) =>
    `${value} lies in the future: propose the correction when it holds`,
  'feature-repeats': ({ id }: { id: string }) => `${id} is in the file twice`,

  'border-ends-move': ({ border }: { border: string }) =>
    `The ends of ${border} must stay: the coast and the tripoints belong to other lines too. Begin and end the line where it begins and ends today, from north to south.`,
  'border-line-crosses': ({ border, country }: { border: string; country: string }) =>
    `The new line of ${border} crosses itself or another part of the outline of ${country}.`,
  'segment-unknown': ({ segment }: { segment: string }) => `There is no segment ${segment} to remove.`,
  'segment-in-use': ({ segment }: { segment: string }) =>
    `The segment ${segment} is still in use, for example by a mandate. Give the mandate another scope or end it; a segment with a history stays.`,
  'segment-without-names': ({ segment }: { segment: string }) =>
    `The segment ${segment} is new, so it needs names.`,
  'segment-without-stretch': ({ segment }: { segment: string }) =>
    `The segment ${segment} needs a line along its border, or fromKm smaller than toKm.`,
  'segment-off-border': ({ segment, border, metres }: { segment: string; border: string; metres: number }) =>
    `The line of ${segment} ends ${metres} m beside ${border}; 100 m are allowed.`,
  'segments-leave-gap': ({ border, fromKm, toKm }: { border: string; fromKm: number; toKm: number }) =>
    `No segment covers ${border} from km ${fromKm} to km ${toKm}. Change the neighbours in the same file.`,
  'segments-overlap': ({ border, fromKm, toKm }: { border: string; fromKm: number; toKm: number }) =>
    `Two segments cover ${border} from km ${fromKm} to km ${toKm}, or one ends beyond it. Change the neighbours in the same file.`,
  'crossing-incomplete': ({ crossing }: { crossing: string }) =>
    `The crossing ${crossing} is new, so it needs a geometry, names, kind and horizontalAccuracyMetres.`,
  'crossing-off-border': ({
    crossing,
    border,
    metres,
  }: {
    crossing: string;
    border: string;
    metres: number;
  }) => `The crossing ${crossing} lies ${metres} m from ${border}; 5000 m are allowed.`,
  'crossing-without-sides': ({ crossing }: { crossing: string }) =>
    `The crossing ${crossing} needs the sides of both countries in the same file.`,
  'side-unknown': ({ side }: { side: string }) => `There is no crossing with the side ${side}.`,
  'correction-too-early': ({ id, validFrom }: { id: string; validFrom: string }) =>
    `${id} has a version from ${validFrom}. The new one cannot begin before it: leave out validFrom, or take a later one.`,
  'correction-changes-nothing': () => 'Everything is already as the file says.',
  'correction-not-yours': ({ participants }: { participants: readonly string[] }) =>
    `These rows belong to ${list(participants)}: only their admins propose a correction of them.`,
  'correction-overtaken': () =>
    'Another correction of the same rows was applied after this one was proposed. Propose it again.',
};
