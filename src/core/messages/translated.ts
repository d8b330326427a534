/** The same kinds and values as in English; tsc refuses a missing one and a further one. */
export type Translated<E> = { readonly [K in keyof E]: { readonly [V in keyof E[K]]: string } };
