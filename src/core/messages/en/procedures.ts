import type { Noun } from '../message.params.ts';
import { list, nouns } from './words.ts';

/** Joint procedures. */
export const procedures = {
  'document-address': () => 'must be an https address of a file, without a user name or password',
  'document-hash': () => 'must be the SHA-256 of the file: 64 hexadecimal digits in lower case',
  'language-form': () => 'must be a language tag of BCP 47, such as ar, fr or en',
  'procedure-of-others': ({ noun, countries }: { noun: Noun; countries: readonly string[] }) =>
    `Only ${list(countries)} take part at this ${nouns[noun]} and propose procedures for it.`,
  'zone-not-shared': ({ id }: { id: string }) =>
    `The zone ${id} is a draft, RED or withdrawn, so its participants cannot agree to a procedure for it. Propose the zone first, or widen its label.`,
};
