import { DialbridgeError, type ErrorCode, type ErrorOptions } from '../../../shared/errors/index.ts';

/** What the call's record says of a refusal beside its code. */
export type RefusalEvidence = Readonly<Record<string, string | number | null>>;

/** A call that may not be made. Its evidence is for the operator: the caller is told the error alone. */
export class CallRefusal extends DialbridgeError {
  readonly evidence: RefusalEvidence;

  constructor(code: ErrorCode, options: ErrorOptions & { readonly evidence: RefusalEvidence }) {
    super(code, options);
    this.evidence = options.evidence;
  }
}
