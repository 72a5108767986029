/** A telephone of the demo network. */
export interface DemoNumber {
  /** E.164 with the plus, of the range that is kept for fiction. */
  readonly number: string;
  readonly name: string;
  /** One sentence for the person who may call it. */
  readonly description: string;
}

/** What can be called at the demo gateway; every other number is answered 404. */
export const demoNumbers = [
  { number: '+12025550100', name: 'Echo test', description: 'Answers and lets you hear yourself.' },
  {
    number: '+12025550101',
    name: 'Music',
    description: 'Speaks to you while it rings, then answers and plays music.',
  },
  { number: '+12025550102', name: 'Busy line', description: 'Is always busy.' },
  { number: '+12025550103', name: 'No answer', description: 'Rings and is never answered.' },
  { number: '+12025550104', name: 'Wrong number', description: 'Is not in service.' },
  {
    number: '+12025550105',
    name: 'Voice menu',
    description: 'Says which keys you press; the pound key repeats them all.',
  },
  { number: '+12025550106', name: 'Declined', description: 'Refuses every call.' },
  {
    number: '+12025550107',
    name: 'Not available',
    description: 'Plays an announcement of the network and is never answered.',
  },
] as const satisfies readonly DemoNumber[];

export type DemoPhoneNumber = (typeof demoNumbers)[number]['number'];
