/**
 * SIP transactions over UDP, TCP and TLS (RFC 3261 sections 17 and 18, RFC 3581, RFC 6026). Knows messages; knows neither JsSIP nor calls.
 *
 *   const layer = await createSipTransportLayer(
 *     { clock: systemClock, logger, randomBytes, lookup },
 *     { listen: [{ transport: 'udp', host: '127.0.0.1', port: 0 }] },
 *   );
 *
 * As server: every `request` event brings a ServerTransaction. Repeats, CANCEL, the ACK and `received`/`rport` are dealt with.
 *
 *   layer.on('request', (transaction) => {
 *     const { request } = transaction;
 *     const toTag = layer.token();
 *     transaction.respond(createResponse(request, { status: 180, toTag }));
 *     const ok = createResponse(request, {
 *       status: 200, toTag, headers: [['Contact', `<sip:demo@${formatHost(transaction.local.host, transaction.local.port)}>`]],
 *       body: { type: 'application/sdp', text: sdp },
 *     });
 *     transaction.respond(ok);                                  // repeated until the ACK
 *     transaction.on('cancelled', () => transaction.respond(createResponse(request, { status: 487, toTag })));
 *     transaction.on('acknowledged', (ack) => { ... });         // the call is up
 *     transaction.on('unacknowledged', () => { ... });          // send BYE
 *     const dialog = dialogOfUas(request, ok);                  // for our own BYE:
 *     const contact = parseSipUri(dialog.remoteTarget);
 *     const route = await layer.resolve({ transport: transaction.source.transport, host: contact.host, port: contact.port ?? 5060 });
 *     layer.send(createDialogRequest(dialog, { method: 'BYE' }), route);
 *   });
 *
 * As client: `send` gives a ClientTransaction whose `response` events have no repeats in them. After a 2xx to INVITE the owner
 * calls `acknowledge` once; repeats of the 2xx get the same ACK again.
 *
 * In-dialog requests (BYE, INFO, re-INVITE) arrive as `request` like any other; the owner finds the dialog by Call-ID and tags.
 */

export type { Clock, Logger } from '../../observability/index.ts';
export { createSipTransportLayer } from './createSipTransportLayer.ts';

export type {
  ClientTransaction,
  ClientTransactionEvents,
  InboundScreen,
  ServerTransaction,
  ServerTransactionEvents,
  SipRoute,
  SipSource,
  SipTarget,
  SipTransportHoldings,
  SipTransportLayer,
  SipTransportLayerDeps,
  SipTransportLayerEvents,
  SipTransportLayerOptions,
  WireMessage,
} from './SipTransportLayer.ts';
export { TimerSet } from './TimerSet.ts';
export { findPairProblem } from './tls/findPairProblem.ts';
