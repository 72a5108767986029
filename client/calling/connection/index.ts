export { Connection, type ConnectionState, type HelloAnswer } from './Connection.ts';
export { chooseCallServerUrl } from './chooseCallServerUrl.ts';
export { keepDeviceId } from './keepDeviceId.ts';
export { SocketIoTransport } from './SocketIoTransport.ts';
export { AckLostError, type DisconnectReason, type Transport, type TransportListener } from './Transport.ts';
