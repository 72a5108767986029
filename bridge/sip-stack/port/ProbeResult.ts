export interface ProbeResult {
  /** Any final answer counts, also a challenge or a 503: `status` says which. */
  readonly isReachable: boolean;
  /** Final status of the OPTIONS; absent on a time-out or transport error. */
  readonly status?: number;
  readonly roundTripMs?: number;
  readonly retryAfterMs?: number;
  /** In plain words, when not reachable. */
  readonly problem?: string;
}
