import { afterEach, describe, expect, it, vi } from 'vitest';
import { NoPortFree, RtpPorts, type RtpSockets } from './RtpPorts.ts';

describe('RtpPorts', () => {
  const opened: RtpSockets[] = [];

  afterEach(() => {
    for (const { rtp, rtcp } of opened.splice(0)) {
      rtp.close();
      rtcp.close();
    }
  });

  async function open(ports: RtpPorts): Promise<number> {
    const pair = await ports.openPair();
    opened.push(pair);
    expect(pair.rtcp.address().port).toBe(pair.rtp.address().port + 1);
    return pair.rtp.address().port;
  }

  it('opens RTP on an even port and RTCP on the next, and counts them until they are closed', async () => {
    const ports = new RtpPorts({ host: '127.0.0.1', range: null });
    for (let pair = 0; pair < 5; pair += 1) expect((await open(ports)) % 2).toBe(0);
    expect(ports.open).toBe(10);
    for (const { rtp, rtcp } of opened.splice(0)) {
      rtp.close();
      rtcp.close();
    }
    await vi.waitFor(() => expect(ports.open).toBe(0));
  });

  it('keeps to its range, passes over what is taken, and says when nothing is left', async () => {
    // A pair that is free right now, in the middle of a range of four.
    const [probe] = [await new RtpPorts({ host: '127.0.0.1', range: null }).openPair()];
    opened.push(probe);
    const taken = probe.rtp.address().port;
    const ports = new RtpPorts({ host: '127.0.0.1', range: [taken - 1, taken + 1] });
    await expect(open(ports)).rejects.toThrow(NoPortFree);
    expect(ports.open).toBe(0);
    await Promise.all([probe.rtp, probe.rtcp].map((socket) => new Promise<void>((done) => socket.close(done))));
    opened.splice(0);
    expect(await open(ports)).toBe(taken);
    await expect(open(ports)).rejects.toThrow(NoPortFree);
  });
});
