import { readFileSync } from 'node:fs';

/** The shell commands of a page, by the heading that they stand under. */
export function sectionsOf(file: string): Map<string, string[]> {
  const sections = readFileSync(file, 'utf8').split(/^## /m).slice(1);
  return new Map(
    sections.map((text) => {
      const codes = [...text.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, code]) => code!.trim());
      return [text.split('\n', 1)[0]!, codes];
    }),
  );
}
