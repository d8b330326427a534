import type { geometry as english } from '../en/geometry.ts';
import type { Ring } from '../message.params.ts';
import { count, POSITIONS, show } from './words.ts';

/** `le contour extérieur`, `le trou 1 de la partie 2`. */
const ringName = ({ hole, part }: Ring): string =>
  (hole === 0 ? 'le contour extérieur' : `le trou ${hole}`) +
  (part === undefined ? '' : ` de la partie ${part}`);

const place = (at: readonly number[]): string => `[${at.join(', ')}]`;

const AXES = { longitude: 'la longitude', latitude: 'la latitude' };

export const geometry: typeof english = {
  'degrees-wrong': ({ name, limit, value }) =>
    `${AXES[name]} doit être un nombre de degrés entre -${limit} et ${limit}, pas ${show(value)}`,
  'altitude-wrong': ({ value }) => `l’altitude doit être un nombre, pas ${show(value)}`,
  'position-wrong': ({ value }) =>
    `une position s’écrit [longitude, latitude], suivie au besoin d’une altitude ; celle-ci est ${show(value)}`,
  'not-a-point': ({ value }) => `le type de la géométrie doit être "Point", pas ${show(value)}`,

  'area-type': ({ type, value }) =>
    `une surface doit être un Polygon ou un MultiPolygon GeoJSON, pas ${type === undefined ? show(value) : `du type ${show(type)}`}`,
  'area-positions': ({ most, positions }) =>
    `une surface peut avoir ${count(most, POSITIONS)} au plus en tout, celle-ci en a ${positions}`,
  'area-too-wide': ({ most, west, east }) =>
    `une zone peut couvrir ${count(most, { one: '# degré', other: '# degrés' })} de longitude au plus, celle-ci va de ${west} à ${east}`,
  'ring-not-list': ({ value }) => `un contour doit être une liste de positions, pas ${show(value)}`,
  'rings-not-list': ({ value }) =>
    `les coordonnées d’un polygone doivent être une liste de contours, pas ${show(value)}`,
  'polygons-not-list': ({ value }) =>
    `les coordonnées d’un MultiPolygon doivent être une liste de polygones, pas ${show(value)}`,
  'polygon-empty': () => 'un polygone exige au moins un contour',
  'multipolygon-empty': () => 'un MultiPolygon exige au moins un polygone',
  'ring-too-short': ({ fewest, positions }) =>
    `un contour exige au moins ${count(fewest, POSITIONS)}, celui-ci en a ${positions}`,
  'ring-open': ({ ring, first, last }) =>
    `${ringName(ring)} n’est pas fermé : sa première position ${place(first)} et sa dernière ${place(last)} doivent être égales`,
  'ring-flat': ({ ring }) => `${ringName(ring)} n’a pas de surface : toutes ses positions sont sur une ligne`,
  'ring-crosses-itself': ({ ring, at }) => `${ringName(ring)} se croise près de ${place(at)}`,
  'ring-touches-itself': ({ ring, at }) => `${ringName(ring)} se touche près de ${place(at)}`,
  'ring-runs-back': ({ ring, at }) => `${ringName(ring)} revient sur lui-même près de ${place(at)}`,
  'rings-cross': ({ ring, other, at }) => `${ringName(ring)} croise ${ringName(other)} près de ${place(at)}`,
  'rings-share-line': ({ ring, other, at }) =>
    `${ringName(ring)} et ${ringName(other)} partagent une portion de ligne près de ${place(at)} ; réunissez-les en un seul contour`,
  'ring-outside': ({ ring, other, at }) =>
    `${ringName(ring)} est à l’extérieur, alors que ${ringName(other)} devrait l’entourer, voir ${place(at)}`,
  'ring-inside': ({ ring, other, at }) =>
    `${ringName(ring)} est à l’intérieur d’un autre contour (${ringName(other)}), voir ${place(at)}`,

  'wkt-form': ({ value }) =>
    `${show(value)} n’est pas POLYGON ((lon lat, …)) ni MULTIPOLYGON (((lon lat, …)), …) en WGS 84, longitude avant latitude`,
  'wkt-too-long': ({ most }) =>
    `une surface en WKT peut avoir ${count(most, { one: '# caractère', other: '# caractères' })} au plus`,

  'bbox-not-text': ({ value }) => `bbox doit être un seul texte de quatre nombres, pas ${show(value)}`,
  'bbox-form': ({ value }) => `bbox doit s’écrire west,south,east,north, pas ${show(value)}`,
  'bbox-form-metres': ({ value }) => `bbox doit s’écrire west,south,east,north en mètres, pas ${show(value)}`,
  'bbox-edge': ({ edge, fault }, say) => `bbox, bord ${edge} : ${say(fault)}`,
  'bbox-height': ({ value }) => `une hauteur doit être un nombre, pas ${show(value)}`,
  'bbox-upside-down': ({ south, north }) => `bbox : le sud ${south} est plus grand que le nord ${north}`,
  'bbox-backwards': ({ west, east }) => `bbox : l’ouest ${west} est plus grand que l’est ${east}`,
  'bbox-beyond-mercator': ({ west, east }) =>
    `bbox : de ${west} à ${east}, il dépasse le monde de Web Mercator`,
  'bbox-beyond-utm': ({ value }) => `bbox : ${show(value)} dépasse de trop le fuseau UTM 32`,

  'time-form': ({ value, isDayAllowed }) =>
    `${show(value)} n’est pas ${isDayAllowed ? 'une date, ni ' : ''}une date avec heure et décalage selon RFC 3339, telle que 2026-01-31T12:00:00Z`,
  'datetime-not-text': ({ value }) => `datetime doit être un seul texte, pas ${show(value)}`,
  'datetime-form': ({ value }) =>
    `${show(value)} n’est ni un instant, ni une date, ni un intervalle tel que 2026-01-01T00:00:00Z/2026-01-31, 2026-01-01/.. ou ../2026-01-31`,
  'datetime-backwards': ({ from, to }) => `l’intervalle commence à ${show(from)}, après sa fin ${show(to)}`,
};
