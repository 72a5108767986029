/** Why an address could not be bound, for the operator; names the address where the system did. Other errors keep their own words. */
export function describeBindError(error: NodeJS.ErrnoException & { address?: string; port?: number }): string {
  const { code, syscall, address, port, message } = error;
  // Node binds a UDP socket by `bind`, a TCP server by `listen`.
  const protocol = syscall === 'bind' ? 'UDP' : 'TCP';
  const place = port === undefined ? 'this port' : `${protocol} port ${port}${address ? ` of ${address}` : ''}`;
  if (code === 'EADDRINUSE') return `another program is using ${place}`;
  if (code === 'EACCES') return `the system does not let this user take ${place}`;
  if (code === 'EADDRNOTAVAIL') return `this machine has no address ${address ?? 'like that'}`;
  return message;
}
