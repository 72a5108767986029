export interface TracedMessage {
  readonly direction: 'sent' | 'received';
  /** E.g. `INVITE sip:+1…@127.0.0.1:5080 SIP/2.0` or `SIP/2.0 486 Busy Here`. */
  readonly startLine: string;
  /** Method of the request, or of the request that a response answers. */
  readonly method: string;
  readonly text: string;
}

/** Reads the file that SIPp writes with `-trace_msg`. A last message that is not complete yet is left out. */
export function parseSippTrace(trace: string): TracedMessage[] {
  return trace.split(/^-{20,} .*\n/m).flatMap((block) => {
    const match = /^(?:UDP|TCP) message (sent|received) [^\n]*\n\n([\s\S]*)$/.exec(block.replaceAll('\r', ''));
    const [, direction, text] = match ?? [];
    if (!text?.includes('\n\n')) return [];
    const startLine = text.split('\n', 1)[0] ?? '';
    const method = /^CSeq:\s*\d+\s+(\w+)/im.exec(text)?.[1] ?? '';
    return [{ direction: direction === 'sent' ? 'sent' : 'received', startLine, method, text } as const];
  });
}
