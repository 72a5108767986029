// The worker thread that owns the database. Started by DatabaseThread; nobody imports it.
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { StorageError } from '../StorageError.ts';
import { EmbeddedDatabase } from './EmbeddedDatabase.ts';
import type { DatabaseOptions, FromDatabaseThread, Query, ToDatabaseThread, WireFailure, Write } from './operations.ts';

/** Writes in one transaction at most, so that the first of a flood isn't kept waiting for the last. */
const mostInTransaction = 2000;

if (parentPort === null) throw new Error('databaseWorker.ts runs in a worker thread.');
run(parentPort, workerData as DatabaseOptions);

function run(port: MessagePort, options: DatabaseOptions): void {
  const say = (message: FromDatabaseThread) => port.postMessage(message);
  let database: EmbeddedDatabase;
  try {
    database = new EmbeddedDatabase(options);
  } catch (error) {
    say({ kind: 'unusable', failure: toWire(error) });
    port.close();
    return;
  }
  say({ kind: 'ready' });
  port.on('message', (first: ToDatabaseThread) => {
    let writes: Write[] = [];
    let last = 0;
    const commit = () => {
      if (writes.length === 0) return;
      const begin = last - writes.length + 1;
      const failures = [...database.write(writes)].map(([index, failure]) => [begin + index, failure] as const);
      say({ kind: 'settled', last, failures: new Map(failures) });
      writes = [];
    };
    // Whatever arrived while the last transaction went to the disk is joined into the next.
    for (let message: ToDatabaseThread | undefined = first; message !== undefined; message = nextMessage(port)) {
      if (message.kind === 'writes') {
        // Written by DatabaseThread a moment ago: the border where it is parsed is the read from the file.
        const more: Write[] = JSON.parse(message.json);
        for (const write of more) writes.push(write);
        last = message.first + more.length - 1;
        if (writes.length >= mostInTransaction) commit();
      } else {
        commit();
        if (message.kind === 'query') say(answer(database, message.id, message.query));
        else {
          database.close();
          port.close();
          return;
        }
      }
    }
    commit();
  });
}

function nextMessage(port: MessagePort): ToDatabaseThread | undefined {
  return receiveMessageOnPort(port)?.message as ToDatabaseThread | undefined;
}

function answer(database: EmbeddedDatabase, id: number, query: Query): FromDatabaseThread {
  try {
    return { kind: 'answer', id, result: database.answer(query) };
  } catch (error) {
    return { kind: 'refusal', id, failure: toWire(error) };
  }
}

function toWire(error: unknown): WireFailure {
  if (error instanceof StorageError) return { code: error.code, message: error.message };
  const reason = error instanceof Error ? error.message : String(error);
  return { code: 'unavailable', message: `The database could not be read: ${reason}` };
}
