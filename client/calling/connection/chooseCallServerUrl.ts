const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Where to connect to the call server: the address that the load balancer gave, except that the page's own origin is taken
 * where both mean this machine and port by different names (the browser would treat them as two sites).
 */
export function chooseCallServerUrl(given: string, page: { readonly origin: string }): string {
  const server = new URL(given);
  const own = new URL(page.origin);
  const isSameMachine = loopbackHosts.has(server.hostname) && loopbackHosts.has(own.hostname);
  return isSameMachine && server.port === own.port && server.protocol === own.protocol ? own.origin : given;
}
