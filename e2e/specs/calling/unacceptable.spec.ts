import { expect } from '@playwright/test';
import { alice, nobody, withNetwork } from '../../fixtures/index.ts';
import { ProtocolClient } from '../../fixtures/ProtocolClient.ts';
import { callerScenarios, SippCaller } from '../../sip-peer/index.ts';

const ours = '+12025550190';

/** A gateway that only calls us, with its entry's word on encryption. */
function calledBy(srtp: 'off' | 'required') {
  return withNetwork(
    { caller: nobody({ entry: { srtp, probes: { isOn: false } } }) },
    {
      seed: {
        numbers: [{ id: ours, brandId: 'default', destination: { kind: 'user', userName: alice.userName } }],
      },
    },
  );
}

const key = 'WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz';

for (const { test, title, audio, problem } of [
  {
    test: calledBy('off'),
    title: 'only has codecs that no browser has',
    audio: 'm=audio [media_port] RTP/AVP 18 101\na=rtpmap:18 G729/8000',
    problem: 'noCommonCodec',
  },
  {
    test: calledBy('off'),
    title: 'wants encryption where it is switched off',
    audio: `m=audio [media_port] RTP/SAVP 0 101\na=rtpmap:0 PCMU/8000\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:${key}`,
    problem: 'gatewayProtocol',
  },
  {
    test: calledBy('required'),
    title: 'has no encryption where it is required',
    audio: undefined,
    problem: 'gatewayProtocol',
  },
]) {
  test(`a gateway that ${title} is refused at once, and nobody is rung in vain`, async ({ bridge, bridgeSipPort }) => {
    const device = await ProtocolClient.signIn(bridge.url, alice);
    const call = await SippCaller.call(ours, {
      bridgePort: bridgeSipPort,
      scenario: callerScenarios.unacceptable(audio),
    });
    try {
      await call.done();
      expect(device.incoming).toEqual([]);
      await bridge.waitForLine(new RegExp(`"code":"${problem}".*offerRefused`));
    } finally {
      device.close();
      await call.close();
    }
  });
}
