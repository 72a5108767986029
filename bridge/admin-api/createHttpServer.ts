import { readFile } from 'node:fs/promises';
import { createServer as createPlainServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Express } from 'express';

/** PEM files. */
export interface TlsFiles {
  readonly certFile: string;
  readonly keyFile: string;
}

/** An HTTP server, or an HTTPS one with `tls`, that serves `app`. It does not listen yet. @throws Error when a file can't be read or used */
export async function createHttpServer(app: Express, tls: TlsFiles | undefined): Promise<Server> {
  if (!tls) return createPlainServer(app);
  const [cert, key] = await Promise.all([readFile(tls.certFile), readFile(tls.keyFile)]);
  return createTlsServer({ cert, key }, app);
}
