import type { en } from './en.ts';

type Same<T> = { readonly [Key in keyof T]: T[Key] extends string ? string : Same<T[Key]> };

/** All sentences of the client in one language: as many as in English. */
export type Translation = Same<typeof en>;
