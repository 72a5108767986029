import type { Brand } from '../../shared/protocol/index.ts';
import type { Connection } from '../calling/index.ts';
import type { CallHistory, ContactBook } from '../records/index.ts';
import { drop, type Observable } from '../state/index.ts';

export interface Current {
  readonly connection: Pick<Connection, 'on'>;
  readonly brand: Observable<Brand>;
  readonly contactBook: Pick<ContactBook, 'load'>;
  readonly callHistory: Pick<CallHistory, 'load'>;
}

/**
 * Keeps what the page shows as the bridge has it: the brand as it was told last, and contacts and history where the brand has
 * them. Reads once at the begin. Returns the way to stop.
 */
export function keepCurrent({ connection, brand, contactBook, callHistory }: Current): () => void {
  const readContacts = () => {
    if (brand.get().features.contacts) drop(contactBook.load(), 'reading the contacts');
  };
  const readHistory = () => {
    if (brand.get().features.history) drop(callHistory.load(), 'reading the history');
  };
  const readAll = () => {
    readContacts();
    readHistory();
  };
  const stops = [
    connection.on('ready', (hello) => {
      brand.set(hello.brand);
      readAll();
    }),
    connection.on('session:branding', (told) => {
      const before = brand.get().features;
      brand.set(told.brand);
      if (!before.contacts) readContacts();
      if (!before.history) readHistory();
    }),
    connection.on('contacts:changed', readContacts),
    connection.on('history:changed', readHistory),
  ];
  readAll();
  return () => {
    for (const stop of stops) stop();
  };
}
