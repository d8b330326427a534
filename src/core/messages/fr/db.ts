import type { db as english } from '../en/db.ts';
import { count } from './words.ts';

export const db: typeof english = {
  'world-differs': ({ expected, found }) =>
    `La base de données de l’exercice ${expected} contient le monde ${found}. Son exploitant corrige WORLDS.`,
  'database-slow': () => 'La requête a dépassé le délai autorisé. Demandez moins à la fois.',
  'database-busy': () =>
    'Trop de demandes de ce genre attendent la base de données. Réessayez dans quelques secondes, avec moins de demandes à la fois.',
  'world-unfit': () =>
    'La base de données de l’exercice ne convient pas à cette version du service. Son exploitant la met à jour, puis redémarre le service.',
  'database-away': () => 'La base de données est injoignable pour le moment. Réessayez dans un instant.',
  'database-read-only': () =>
    'La base de données n’accepte pas d’écriture pour le moment. Réessayez dans un instant.',
  'database-full': () =>
    'Le disque de la base de données est plein. Tant qu’il n’y a pas de place, rien ne peut être écrit, et aucune donnée marquée ne peut être lue, car chacune de ces lectures est journalisée.',
  'database-not-migrated': () => 'La base de données n’est pas migrée. Lancez : npm run migrate',
  'database-behind': ({ missing }) =>
    `Il manque ${count(missing, { one: '# migration', other: '# migrations' })} à la base de données. Lancez : npm run migrate`,
  'schema-stale': ({ files, first }) =>
    `${count(files, { one: '# fichier de schema/ diffère', other: '# fichiers de schema/ diffèrent' })} de ce qui a produit la base de données, par exemple ${first}. Lancez : npm run migrate`,
  'schema-unnumbered': () =>
    'La base de données n’indique pas quel programme l’a produite, ou il était plus ancien. Lancez : npm run migrate',
  'objects-lost': ({ objects, first }) =>
    `Il manque à la base de données ${count(objects, { one: '# objet', other: '# objets' })} de schema/schema.sql, par exemple ${first}. Lancez : npm run migrate. Si cela ne les rétablit pas, restaurez une sauvegarde.`,
  'change-collided': () => 'Une autre modification est intervenue entre-temps. Réessayez.',
  'already-exists': () => 'Un élément avec cet identifiant ou cette identité existe déjà.',
  'reference-missing': ({ rule }) => `Les données se réfèrent à un élément qui n’existe pas (${rule}).`,
  'rule-broken': ({ rule }) => `Les données enfreignent une règle : ${rule.replaceAll('_', ' ')}.`,
  'value-unreadable': () => 'Une valeur est illisible. Vérifiez les nombres, les heures et les curseurs.',
  'number-overflow': () =>
    'Un nombre est trop grand, ou un calcul n’a pas de résultat. Vérifiez les nombres.',
  'area-invalid': () =>
    'La surface n’est pas valable : ses contours se croisent ou se touchent là où ils ne le doivent pas.',
  'area-half-globe': () =>
    'Un côté de la surface couvre la moitié du globe, si bien que sa direction est ambiguë. Divisez-le.',
};
