import type { en } from './en.ts';

type Sentences<T> = { readonly [Key in keyof T]?: T[Key] extends string ? string : Sentences<T[Key]> };

/** The sentences of the client in another language; what is missing is said in English. */
export type Translation = Sentences<typeof en>;
