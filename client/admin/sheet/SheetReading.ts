/** What a file holds, told to the person who chose it. */
export type SheetReading<Item> =
  | {
      readonly kind: 'unreadable';
      /** Why, as a sentence. */
      readonly text: string;
    }
  | {
      readonly kind: 'items';
      readonly items: readonly Item[];
      /** What can't be used: where, and why. */
      readonly problems: readonly { readonly place: string; readonly text: string }[];
      /** Headings that mean nothing to us. */
      readonly ignored: readonly string[];
    };
