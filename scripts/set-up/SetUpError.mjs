/** Something that the person in front of the machine can mend: its message says what is missing and what to do. */
export class SetUpError extends Error {
  name = 'SetUpError';
}
