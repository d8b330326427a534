import type { cql2 as english } from '../en/cql2.ts';
import type { Said, Taker } from '../message.params.ts';
import { ARGUMENTS, CHARACTERS, capital, count, LEVELS, list, POSITIONS, SECONDS, show } from './words.ts';

const KINDS = {
  string: 'un texte',
  number: 'un nombre',
  boolean: 'une condition',
  timestamp: 'une heure',
  date: 'une date',
  interval: 'un intervalle',
  geometry: 'une géométrie',
  array: 'un tableau',
};

const EXPECTED: Readonly<Record<string, string>> = {
  value: 'une valeur, une propriété, une fonction ou une parenthèse',
  operator: 'un opérateur tel que =, <, LIKE, IN, BETWEEN, IS NULL, + ou *',
  number: 'un nombre',
  truth: 'TRUE ou FALSE',
  text: 'un texte entre apostrophes',
  name: 'un nom',
  blank: 'une espace',
  end: 'la fin',
};

const MOMENTS = { date: 'la date', time: 'l’heure' };

function nameOf(said: Said): string {
  switch (said.is) {
    case 'text':
      return `le texte ${show(said.value)}`;
    case 'array':
      return show(said.value);
    case 'number':
      return `le nombre ${said.value}`;
    case 'truth':
      return said.value ? 'TRUE' : 'FALSE';
    case 'date':
    case 'time':
      return `${MOMENTS[said.is]} ${said.value}`;
    case 'property':
      return `la propriété ${show(said.name)} (${said.type})`;
    case 'geometry':
      return `une géométrie ${said.type}`;
    case 'result':
      return `un résultat de ${said.of}`;
    case 'folded':
      return `un texte de ${said.of}`;
    default:
      return THINGS[said.is];
  }
}

const THINGS = {
  box: 'un BBOX',
  condition: 'une condition',
  interval: 'un intervalle',
  now: 'l’instant présent',
  'open end': 'une extrémité ouverte',
};

function takerName(taker: Taker): string {
  if ('operator' in taker) return `l’opérateur ${taker.operator}`;
  return 'array' in taker ? 'un tableau' : `la fonction ${taker.function}`;
}

export const cql2: typeof english = {
  'cql2-invalid': ({ at, fault }, say) =>
    `Le filtre n’est pas du CQL2${at === undefined ? '' : `, à ${at}`} : ${say(fault)}.`,
  'filter-too-large': ({ fault }, say) =>
    `Sans clé, ce filtre est trop grand : ${say(fault)}. Raccourcissez-le, ou envoyez une clé.`,
  'filter-too-costly': () =>
    'Sans clé, ce filtre occuperait la base de données trop longtemps. Restreignez-le avec bbox ou datetime, ou envoyez une clé.',
  'filter-too-slow': ({ seconds }) =>
    `Sans clé, un filtre peut prendre ${count(seconds, SECONDS)}, et celui-ci a pris plus longtemps. Restreignez-le avec bbox ou datetime, ou envoyez une clé.`,
  'cql2-not-json': ({ reason }) =>
    `paramètre filter : n’est pas du JSON valable, comme l’exige filter-lang=cql2-json : ${reason}.`,
  'cql2-too-long': ({ characters, most }) =>
    `Le filtre a ${count(characters, CHARACTERS)}, plus que le maximum autorisé, ${most}.`,
  'cql2-parentheses': ({ most }) =>
    `Les parenthèses du filtre sont imbriquées sur plus de ${count(most, LEVELS)}.`,
  'cql2-quotation': ({ character }) =>
    `Le filtre est illisible : la citation au caractère ${character} n’a pas de fin ou est mal placée.`,
  'cql2-syntax': ({ character, before, expected }) =>
    `Le filtre est illisible ${
      character === undefined ? 'à sa fin' : `au caractère ${character}, avant ${show(before ?? '')}`
    } : attendu ${list(
      expected.map((name) => EXPECTED[name] ?? name),
      'une espace',
    )}.`,

  'cql2-too-many-characters': ({ characters, most }) =>
    `écrit comme texte, il a ${count(characters, CHARACTERS)}, plus que le maximum autorisé, ${most}`,
  'cql2-too-many-parts': ({ most }) => `il a plus de ${count(most, { one: '# partie', other: '# parties' })}`,
  'cql2-too-deep': ({ most }) => `il est imbriqué sur plus de ${count(most, LEVELS)}`,
  'cql2-too-many-positions': ({ most }) => `ses géométries ont plus de ${count(most, POSITIONS)}`,
  'cql2-null': () => 'null n’est pas une valeur, demandez avec IS NULL (isNull)',
  'cql2-not-expression': ({ value }) => `${show(value)} n’est pas une expression`,
  'cql2-form': () =>
    'il doit être un objet avec "op" et "args", "property", "date", "timestamp", "interval" ou "bbox", ou une géométrie GeoJSON',
  'cql2-number-too-large': () => 'un nombre est trop grand',
  'cql2-text': ({ fault }, say) => `un texte ${say(fault)}`,
  'cql2-member': ({ member, beside }) => `${show(member)} est inconnu à côté de ${show(beside)}`,
  'cql2-call': () => '"op" doit être un texte et "args" une liste',
  'cql2-op': ({ op }) => `${show(op)} n’est ni un opérateur ni le nom d’une fonction`,
  'cql2-arguments': ({ op, fewest, isOpen, given }) =>
    `${show(op)} prend ${isOpen ? 'au moins ' : ''}${count(fewest, ARGUMENTS)}, pas ${given}`,
  'cql2-in-list': () => 'le second argument de "in" doit être une liste',
  'cql2-property-form': ({ value }) => `"property" doit être un texte, pas ${show(value)}`,
  'cql2-date': ({ value }) => `${show(value)} n’est pas une date telle que 2026-01-31`,
  'cql2-timestamp': ({ value }) => `${show(value)} n’est pas une heure telle que 2026-01-31T12:00:00Z`,
  'cql2-interval-form': () => '"interval" doit être une liste de deux éléments',
  'cql2-interval-end': ({ value }) => `${show(value)} n’est ni une date, ni une heure, ni ".."`,
  'cql2-interval-end-kind': () =>
    'une extrémité d’intervalle doit être une date, une heure, "..", une propriété ou une fonction',

  'cql2-geometry-member': ({ member }) => `${show(member)} est inconnu dans une géométrie`,
  'cql2-geometry-type': ({ value }) => `${show(value)} n’est pas un type de géométrie GeoJSON`,
  'cql2-collections-deep': ({ most }) =>
    `des GeometryCollection sont imbriquées sur plus de ${count(most, LEVELS)}`,
  'cql2-collection-empty': () => 'une GeometryCollection exige des géométries',
  'cql2-coordinates': ({ value }) =>
    `les coordonnées doivent être des listes de positions, pas ${show(value)}`,
  'cql2-position': ({ value }) => `${show(value)} n’est pas une position`,
  'cql2-line-short': ({ positions, fewest }) =>
    `une ligne ou un contour de ${count(positions, POSITIONS)} est trop court, il en faut ${fewest}`,
  'cql2-ring-open': ({ first, last }) =>
    `un contour n’est pas fermé : [${first}] et [${last}] doivent être égaux`,
  'cql2-box': () => 'un rectangle doit avoir quatre nombres, ou six',

  'cql2-position-outside': ({ position, first, second }) =>
    `La position [${position}] est hors du système de référence du filtre : le premier axe va de ${first.join(' à ')}, le second de ${second.join(' à ')}.`,
  'cql2-area': ({ fault }, say) => `Une surface du filtre n’est pas valable : ${say(fault)}.`,
  'cql2-box-upside-down': ({ south, north }) =>
    `Le rectangle du filtre a son sud ${south} au nord de son nord ${north}.`,
  'cql2-box-backwards': ({ west, east }) =>
    `Le rectangle du filtre a son ouest ${west} à l’est de son est ${east}.`,
  'cql2-interval-backwards': ({ from, to }) => `L’intervalle commence à ${from}, après sa fin ${to}.`,

  'cql2-property-unknown': ({ name, known }) =>
    `Il n’y a pas de propriété ${show(name)} pour filtrer. Il y a : ${list(known)}.`,
  'cql2-function-unknown': ({ name, known }) =>
    `Il n’y a pas de fonction ${show(name)}. Il y a : ${list(known)}.`,
  'cql2-function-arguments': ({ name, takes, given }) =>
    `${name} ${takes.length === 0 ? 'ne prend aucun argument' : `prend ${count(takes.length, ARGUMENTS)} (${list(takes)})`}, la requête en donne ${given}.`,
  'cql2-not-condition': ({ given }) => `Le filtre doit être ${KINDS.boolean}, pas ${nameOf(given)}.`,
  'cql2-kind': ({ by, kind, given }) =>
    `${capital(takerName(by))} prend ${KINDS[kind]}, pas ${nameOf(given)}.`,
  'cql2-not-comparable': ({ left, right, isTime }) =>
    `${capital(nameOf(left))} ne se compare pas avec ${nameOf(right)}.${isTime ? TIME_FORM : ''}`,
  'cql2-not-time': ({ given }) =>
    `${capital(nameOf(given))} n’est pas une heure et ne peut pas être l’extrémité d’un INTERVAL.`,
  'cql2-not-period': ({ name, given }) =>
    `${name} prend des heures et des intervalles, pas ${nameOf(given)}.`,
  'cql2-not-interval': ({ name, given }) =>
    `${capital(nameOf(given))} est un instant, et ${name} prend des intervalles. Demandez avec T_INTERSECTS.`,
  'cql2-pattern-escape': ({ pattern }) =>
    `Le motif ${show(pattern)} se termine par une barre oblique inverse qui ne protège rien. Écrivez-en deux pour une.`,
  'cql2-pattern': () => 'Le motif de LIKE doit être un texte, ou CASEI ou ACCENTI d’un texte.',
};

const TIME_FORM = " Une heure s’écrit TIMESTAMP('2026-01-31T12:00:00Z') ou DATE('2026-01-31').";
