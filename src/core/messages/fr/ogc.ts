import type { ogc as english } from '../en/ogc.ts';
import { count, grouped, list, listOr, show } from './words.ts';

const AXES = { row: 'ligne', column: 'colonne' };
const FEATURES = { one: '# entité', other: '# entités' };

export const ogc: typeof english = {
  'layer-missing': ({ id, known }) => `Il n’existe pas de couche ${id} ; il existe ${list(known)}.`,
  'property-unknown': ({ name, known }) =>
    `${show(name)} n’est pas une propriété ici ; il existe ${list(known)}`,
  'offset-too-deep': ({ most }) =>
    `doit valoir au plus ${most} : au-delà, suivez le lien \`next\` d’une page, aussi rapide à chaque page et qui ne manque aucune entité`,
  'offset-twice': () => 'doit être égal à offset, dont c’est un autre nom',
  'offset-of-file': () => 'vaut pour les pages de GeoJSON ou HTML : ce format contient toute la sélection',
  'property-not-editable': ({ known }) => `est inconnue ; il existe ${list(known)}`,
  'crs-unknown': ({ uri, known }) => `${uri} est inconnu ; il existe ${list(known)}`,
  'position-outside-crs': ({ x, y, srid, bounds: [minX, minY, maxX, maxY] }) =>
    `[${show(x)}, ${show(y)}] est hors de EPSG:${srid}, qui va de ${minX}, ${minY} à ${maxX}, ${maxY}`,
  'not-a-feature': () =>
    'doit être "Feature" : ceci ajoute une entité. Les filtres vont dans GET, avec ?filter-lang=cql2-json&filter=…, ou dans POST …/search',

  'layer-without-tiles': ({ id, known }) =>
    `Les entités de ${id} n’ont pas de lieu, il n’y a donc pas de tuiles pour elles. Il y a des tuiles de ${list(known)}.`,
  'tiles-missing': ({ id, known }) => `il n’y a pas de tuiles de ${show(id)} ; il y en a de ${list(known)}`,
  'tile-matrix-missing': ({ matrix, most }) =>
    `La matrice de tuiles ${matrix} n’existe pas ; il y en a de 0 à ${most}.`,
  'tile-missing': ({ matrix, axis, number, most }) =>
    `La matrice de tuiles ${matrix} n’a pas de ${AXES[axis]} ${number} ; elle en a de 0 à ${most}.`,
  'too-many-to-count': ({ layer, most, featuresFrom, answers }) =>
    `Ce filtre oblige à compter une à une les entités de la tuile (${layer}), et il y en a plus de ${grouped(most)}. À partir du zoom ${featuresFrom}, tout filtre fonctionne ; avant, ceux-ci, par jours entiers : ${list(answers)}.`,

  'sort-too-costly': ({ sorted, most }) =>
    `Il faudrait trier plus de ${count(most, FEATURES)}. Demandez une surface plus petite avec bbox ou un filtre, ou triez par ${listOr(sorted)}.`,
  'too-many-for-index': ({ most }) =>
    `Un fichier indexé contient ${count(most, FEATURES)} au plus. Demandez moins, ou tout à la fois sans Range.`,
  'files-away': () => 'Le processus qui conserve les fichiers ne tourne pas pour le moment.',
  'too-many-files': () => 'Trop de fichiers sont en préparation pour le moment.',
  'file-outdated': () =>
    'Une ligne de ce fichier a été cachée ou supprimée depuis sa création. Redemandez-le : le prochain fichier sera nouveau.',
  'file-version-gone': () =>
    'Cette version du fichier n’existe plus, car les données ont changé ou une ligne a été cachée. Téléchargez de nouveau le fichier depuis le début, à l’adresse sans version.',
  'no-room': () =>
    'Le disque n’a pas de place pour un fichier de cette sélection pour le moment. Demandez-en moins, ou f=csv ou f=geojsonseq.',
};
