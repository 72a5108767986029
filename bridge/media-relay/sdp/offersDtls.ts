import { readDescription } from './readDescription.ts';

/** Whether some audio of the offer gets its keys by DTLS, as that of browsers does (RFC 5763). False for what is no SDP. */
export function offersDtls(sdp: string): boolean {
  const result = readDescription(sdp);
  if ('problem' in result) return false;
  return result.description.media.some(
    ({ type, port, protocol }) => type === 'audio' && port !== 0 && protocol.startsWith('UDP/TLS/RTP/'),
  );
}
