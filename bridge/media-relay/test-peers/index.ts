export { portOf, UdpGateway } from './UdpGateway.ts';
export { WeriftBrowser } from './WeriftBrowser.ts';
