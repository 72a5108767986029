/** What the measuring gateway tells, with the moment by the machine's clock in milliseconds. */
export interface GatewayEvent {
  readonly kind: 'ready' | 'invited' | 'answered' | 'heard' | 'ended';
  readonly at: number;
  readonly port: number;
}
