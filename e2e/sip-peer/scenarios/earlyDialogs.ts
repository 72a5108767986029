import { confirm, noBody, pause, playedAudio, playTone, receive, type Scenario, scenario, send } from './scenario.ts';

const keep = (header: string, variable: string) =>
  `<ereg regexp=".*" search_in="hdr" header="${header}:" assign_to="${variable}"/>`;

/** All of it that an answer needs, however many requests have come since. */
const receiveInvite = `<recv request="INVITE" rrs="true"><action>
  ${keep('Via', 'via')}
  ${keep('From', 'from')}
  ${keep('To', 'to')}
  ${keep('CSeq', 'invite_cseq')}
</action></recv>`;

type Fork = 'first' | 'second';

/** To the INVITE, of one of the telephones that it was forked to (RFC 3261 section 12.1). */
const answer = (fork: Fork, line: string, rest: string) =>
  send(
    `SIP/2.0 ${line}
Via:[$via]
From:[$from]
To:[$to];tag=${fork}[call_number]
[last_Call-ID:]
CSeq:[$invite_cseq]
Contact: <sip:[local_ip]:[contact_port];transport=[transport]>
${rest}`,
    line.startsWith('2') ? ' retrans="500"' : '',
  );

/** In the place of the tone that is played. */
const playOther = '<nop><action><exec rtp_stream="other.ul,-1,0,PCMU/8000"/></action></nop>';

const receivePrack = '<recv request="PRACK"/>';

/** Long enough to be measured. */
const announcement = pause(4000);

export const earlyDialogs = {
  /** Announces by a reliable 183 (RFC 3262): the call goes on when that has its PRACK. */
  reliable: scenario('reliable', [
    receiveInvite,
    answer('first', '183 Session Progress', `Require: 100rel\nRSeq: 7\n${playedAudio}`),
    receivePrack,
    confirm,
    playTone,
    announcement,
    answer('first', '200 OK', noBody),
    receive('ACK'),
    receive('BYE'),
    confirm,
  ]),

  /** Two telephones announce one after the other; the second answers, and then the first does, too, in vain. */
  forked: scenario('forked', [
    receiveInvite,
    answer('first', '183 Session Progress', playedAudio),
    playTone,
    announcement,
    answer('second', '183 Session Progress', playedAudio),
    playOther,
    announcement,
    answer('second', '200 OK', playedAudio),
    receive('ACK'),
    answer('first', '200 OK', playedAudio),
    receive('ACK'),
    receive('BYE'),
    confirm,
    receive('BYE'),
    confirm,
  ]),

  /** Its 200 crosses our CANCEL. */
  late: scenario('late', [
    receiveInvite,
    answer('first', '180 Ringing', noBody),
    receive('CANCEL'),
    send(
      `SIP/2.0 200 OK\n[last_Via:]\n[last_From:]\n[last_To:];tag=first[call_number]\n[last_Call-ID:]\n[last_CSeq:]\n${noBody}`,
    ),
    answer('first', '200 OK', playedAudio),
    receive('ACK'),
    receive('BYE'),
    confirm,
  ]),
} as const satisfies Record<string, Scenario>;
