import type { procedures as english } from '../en/procedures.ts';
import { namesOf, thisNoun } from './words.ts';

export const procedures: typeof english = {
  'document-address': () => 'doit être l’adresse https d’un fichier, sans nom d’utilisateur ni mot de passe',
  'document-hash': () => 'doit être le SHA-256 du fichier : 64 chiffres hexadécimaux en minuscules',
  'language-form': () => 'doit être un code de langue BCP 47, tel que ar, fr ou en',
  'procedure-of-others': ({ noun, countries }) =>
    `Seuls les pays participants (${namesOf(countries)}) proposent des procédures pour ${thisNoun(noun)}.`,
  'zone-not-shared': ({ id }) =>
    `La zone ${id} est un projet, RED ou retirée, si bien que ses participants ne peuvent pas convenir d’une procédure pour elle. Proposez d’abord la zone, ou élargissez son marquage.`,
};
