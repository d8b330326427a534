import type { reference as english } from '../en/reference.ts';
import { count, METRES, nameOf, namesOf } from './words.ts';

export const reference: typeof english = {
  'side-id-form': () => 'désigne un point de passage et un pays, par exemple ras-ajdir/TUN',
  'valid-from-future': ({ value }) =>
    `${value} est dans l’avenir : proposez la rectification quand elle vaudra`,
  'feature-repeats': ({ id }) => `${id} figure deux fois dans le fichier`,

  'border-ends-move': ({ border }) =>
    `Les extrémités de ${border} doivent rester en place : la côte et les tripoints appartiennent aussi à d’autres lignes. Faites commencer et finir la ligne là où elle commence et finit aujourd’hui, du nord au sud.`,
  'border-line-crosses': ({ border, country }) =>
    `La nouvelle ligne de ${border} se croise elle-même ou croise une autre partie du contour du pays (${nameOf(country)}).`,
  'segment-unknown': ({ segment }) => `Il n’existe pas de tronçon ${segment} à supprimer.`,
  'segment-in-use': ({ segment }) =>
    `Le tronçon ${segment} sert encore, par exemple à un mandat. Donnez au mandat un autre périmètre ou mettez-y fin ; un tronçon qui a un historique reste.`,
  'segment-without-names': ({ segment }) => `Le tronçon ${segment} est nouveau, il lui faut donc des noms.`,
  'segment-without-stretch': ({ segment }) =>
    `Il faut au tronçon ${segment} une ligne le long de sa frontière, ou fromKm inférieur à toKm.`,
  'segment-off-border': ({ segment, border, metres }) =>
    `La ligne de ${segment} finit à ${count(metres, METRES)} de ${border} ; l’écart admis est de 100 m.`,
  'segments-leave-gap': ({ border, fromKm, toKm }) =>
    `Aucun tronçon ne couvre ${border} du km ${fromKm} au km ${toKm}. Modifiez les voisins dans le même fichier.`,
  'segments-overlap': ({ border, fromKm, toKm }) =>
    `Deux tronçons couvrent ${border} du km ${fromKm} au km ${toKm}, ou l’un d’eux finit au-delà. Modifiez les voisins dans le même fichier.`,
  'crossing-incomplete': ({ crossing }) =>
    `Le point de passage ${crossing} est nouveau, il lui faut donc geometry, names, kind et horizontalAccuracyMetres.`,
  'crossing-off-border': ({ crossing, border, metres }) =>
    `Le point de passage ${crossing} est à ${count(metres, METRES)} de ${border} ; l’écart admis est de 5000 m.`,
  'crossing-without-sides': ({ crossing }) =>
    `Il faut au point de passage ${crossing} les côtés des deux pays dans le même fichier.`,
  'side-unknown': ({ side }) => `Aucun point de passage n’a le côté ${side}.`,
  'correction-too-early': ({ id, validFrom }) =>
    `${id} a une version à partir du ${validFrom}. La nouvelle ne peut pas commencer avant : retirez validFrom, ou prenez une date postérieure.`,
  'correction-changes-nothing': () => 'Tout est déjà comme le dit le fichier.',
  'correction-not-yours': ({ participants }) =>
    `Ces lignes appartiennent à d’autres pays (${namesOf(participants)}) : seuls leurs administrateurs en proposent la rectification.`,
  'correction-overtaken': () =>
    'Une autre rectification des mêmes lignes a été appliquée après la proposition de celle-ci. Proposez-la de nouveau.',
};
