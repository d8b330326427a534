import type { ComponentChildren } from 'preact';
import { nameIn } from '../words/words.ts';
import { agencyNames } from './detail.store.ts';

export const agencyName = (id: string): string => nameIn(agencyNames.value[id], id);

export function Section({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section>
      <h3>{title}</h3>
      <ul aria-label={title}>{children}</ul>
    </section>
  );
}
