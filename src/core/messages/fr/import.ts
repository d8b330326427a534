import type { importing as english } from '../en/import.ts';
import { CHARACTERS, count, grouped, LEVELS, list, show } from './words.ts';

export const importing: typeof english = {
  'format-unknown': ({ mediaType }) => `Le format de ${mediaType} est inconnu. Nommez-le avec ?format=.`,
  'file-empty': () => 'Le fichier est vide. La ligne 1 doit nommer les colonnes.',
  'header-unreadable': ({ fault }, say) => `La ligne 1 ne nomme pas les colonnes. ${say(fault)}`,
  'header-not-commas': () =>
    'Les cellules de ce fichier sont séparées par des points-virgules ou des tabulations. Utilisez des virgules.',
  'header-column-twice': ({ column }) => `L’en-tête nomme deux fois la colonne ${show(column)}.`,
  'header-column-unknown': ({ column, known }) =>
    `L’en-tête nomme la colonne inconnue ${show(column)}. Les colonnes sont ${list(known)}.`,
  'header-column-missing': ({ column, known }) =>
    `L’en-tête ne nomme pas la colonne ${show(column)}. Les colonnes sont ${list(known)}.`,
  'header-not-iom': ({ column }) =>
    `Il manque à l’en-tête la colonne ${show(column)} du CSV IOM Missing Migrants.`,
  'features-not-array': () => 'Le membre "features" n’est pas un tableau.',
  'not-features': () => 'Ce n’est ni une FeatureCollection, ni une Feature, ni un tableau de features.',
  'crs-not-wgs84': ({ crs }) => `Les coordonnées sont en ${crs}. Envoyez longitude et latitude (CRS84).`,

  'line-invalid': ({ path, fault, more }, say) =>
    `${path && `${path} : `}${say(fault)}${more > 0 ? ` (et ${count(more, { one: '# autre', other: '# autres' })})` : ''}`,
  'distress-begins-open': () =>
    'un nouvel incident de détresse ne peut pas être clos : importez-le ouvert, puis indiquez son issue',
  'id-of-other': () => 'l’identifiant est pris par un autre incident',
  'line-of-other-world': ({ named, world }) =>
    `la ligne est du monde ${show(named)}, et celui-ci est ${world === 'actual' ? 'le monde réel' : world}. Importez-la là-bas${world === 'actual' ? '' : ', ou retirez "world"'}`,
  'line-too-long': ({ most }) => `Cette ligne dépasse ${count(most, CHARACTERS)}.`,
  'line-not-utf8': () => 'Cette ligne n’est pas du texte UTF-8.',
  'line-not-json': () => 'Ce n’est pas du JSON valable.',
  'line-breaks-off': ({ line, column, reason }) =>
    `Ce n’est plus du JSON valable à partir de la colonne ${column}${line === undefined ? '' : ` de sa ligne ${line}`} : ${reason}`,

  'quote-stray': () =>
    'Un guillemet se trouve là où il n’en faut pas : mettez toute la cellule entre guillemets, et doublez chaque guillemet intérieur.',
  'quote-too-long': ({ kilobytes }) =>
    `Un guillemet s’ouvre ici et ne se ferme pas dans les ${grouped(kilobytes)} ko qui suivent.`,
  'quote-unclosed': () => 'Un guillemet s’ouvre ici et ne se ferme pas avant la fin du fichier.',
  'quote-before-fault': () => 'Un guillemet s’ouvre ici, et une ligne suivante est illisible.',
  'quote-wrong-width': () =>
    'Un guillemet s’ouvre ici et se ferme sur une ligne suivante, où le nombre de cellules diffère de l’en-tête.',
  'cells-wrong-number': ({ cells, columns }) =>
    `Il y a ici ${count(cells, { one: '# cellule', other: '# cellules' })}, et ${count(columns, { one: '# colonne', other: '# colonnes' })} dans l’en-tête.`,
  'cells-wrong': ({ notNumbers, empty }) =>
    `${[...notNumbers.map((name) => `${name} n’est pas un nombre`), ...empty.map((name) => `${name} est vide`)].join(', ')}.`,
  'cell-empty': ({ column }) => `${column} est vide.`,
  'cell-not-number': ({ column }) => `${column} n’est pas un nombre.`,
  'cell-not-people': ({ column }) => `${column} n’est pas un nombre de personnes.`,
  'iom-date': () =>
    'Incident date et incident_date_precision ne désignent ni un jour, ni un mois, ni une année.',
  'iom-date-ahead': () => 'Incident date est dans l’avenir.',

  'feature-too-large': ({ most }) => `Cette Feature est plus grande que ${count(most, CHARACTERS)}.`,
  'feature-too-long': ({ most }) => `Cette Feature est plus longue que ${count(most, CHARACTERS)}.`,
  'feature-too-deep': ({ levels }) => `Cette Feature est imbriquée sur plus de ${count(levels, LEVELS)}.`,
  'feature-not-utf8': () => 'Cette Feature n’est pas du texte UTF-8.',
  'feature-bad-name': () => 'Un membre ne peut pas s’appeler "__proto__".',
  'document-too-deep': ({ levels }) =>
    `Le JSON est imbriqué sur plus de ${count(levels, LEVELS)}. La lecture s’est arrêtée ici.`,
  'text-too-long': ({ most }) =>
    `Un texte de plus de ${count(most, CHARACTERS)} se trouve ici. La lecture s’est arrêtée ici.`,
  'document-breaks-off': ({ reason }) => `Le JSON s’interrompt ici : ${reason}.`,
};
