import type { en } from './en.ts';

type Sentences<T> = { readonly [Key in keyof T]: T[Key] extends string ? string : Sentences<T[Key]> };

/** All sentences of the client in another language: as many as in English. */
export type Translation = Sentences<typeof en>;
