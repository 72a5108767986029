// The worker thread that owns the call records. Started by SqliteCallRecordStore; nobody imports it.
import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import { StorageError } from '../StorageError.ts';
import type { FromRecordThread, Query, RecordThreadOptions, ToRecordThread, WireFailure, Write } from './operations.ts';
import { RecordDatabase } from './RecordDatabase.ts';

/** Writes in one transaction at most, so that the first of a flood isn't kept waiting for the last. */
const mostInTransaction = 2000;

if (parentPort === null) throw new Error('recordThread.ts runs in a worker thread.');
run(parentPort, workerData as RecordThreadOptions);

function run(port: MessagePort, options: RecordThreadOptions): void {
  const say = (message: FromRecordThread) => port.postMessage(message);
  let database: RecordDatabase;
  try {
    database = new RecordDatabase(options);
  } catch (error) {
    say({ kind: 'unusable', failure: toWire(error) });
    port.close();
    return;
  }
  say({ kind: 'ready' });
  port.on('message', (first: ToRecordThread) => {
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
    for (let message: ToRecordThread | undefined = first; message !== undefined; message = nextMessage(port)) {
      if (message.kind === 'writes') {
        // Written by SqliteCallRecordStore a moment ago: the border where it is parsed is the read from the file.
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

function nextMessage(port: MessagePort): ToRecordThread | undefined {
  return receiveMessageOnPort(port)?.message as ToRecordThread | undefined;
}

function answer(database: RecordDatabase, id: number, query: Query): FromRecordThread {
  try {
    return { kind: 'answer', id, result: database.answer(query) };
  } catch (error) {
    return { kind: 'refusal', id, failure: toWire(error) };
  }
}

function toWire(error: unknown): WireFailure {
  if (error instanceof StorageError) return { code: error.code, message: error.message };
  const reason = error instanceof Error ? error.message : String(error);
  return { code: 'unavailable', message: `The call records could not be read: ${reason}` };
}
