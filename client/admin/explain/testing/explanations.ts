import { type Explanation, explanationSchema } from '../../../../shared/admin/index.ts';

/** What the bridge says of a call that the rule `germany` allows. */
export const allowed: Explanation = explanationSchema.parse({
  decision: 'allow',
  error: null,
  atMs: 1_700_000_000_000,
  destination: {
    e164: '+4930123456',
    formatted: '+49 30 123456',
    country: 'DE',
    type: 'fixedLine',
    isEmergency: false,
  },
  steps: [
    { step: 'account', outcome: 'passed', text: 'The account is enabled.' },
    { step: 'bounds', outcome: 'skipped', text: 'The sign-in sets no bounds.' },
  ],
  rules: [
    {
      ruleId: 'no-premium',
      name: 'No premium numbers',
      action: 'deny',
      isMatch: false,
      miss: 'numberType',
      text: 'The number is a landline.',
      isDraft: false,
    },
    {
      ruleId: 'us',
      name: null,
      action: 'allow',
      isMatch: false,
      miss: 'prefix',
      text: 'The number does not begin with +1.',
      isDraft: false,
    },
    {
      ruleId: 'germany',
      name: 'Germany',
      action: 'allow',
      isMatch: true,
      miss: null,
      text: 'Everything fits.',
      isDraft: false,
    },
  ],
  matchedRuleId: 'germany',
  limits: [
    { scope: 'ruleCaller', limit: 'callsAtOnce', allowed: 2, used: 1, isReached: false, retryAfterMs: null },
    { scope: 'ruleShared', limit: 'minutesPerDay', allowed: 60, used: 60, isReached: true, retryAfterMs: 3_600_000 },
  ],
  maxDurationMs: 5_400_000,
  cost: { prefix: '+49', pricePerMinute: 0.012, connectionFee: 0.05, currency: 'EUR' },
  callerNumber: '+12025550100',
  gateways: {
    candidates: [
      { id: 'gw1', name: 'Carrier One' },
      { id: 'gw2', name: null },
    ],
    steps: [
      { step: 'prefix', dropped: [{ gatewayId: 'gw3', why: 'serves +1 alone' }] },
      { step: 'health', dropped: [] },
    ],
  },
});

/** What it says where no rule allows the call. */
export const refused: Explanation = {
  ...allowed,
  decision: 'deny',
  error: { code: 'outsideHours', message: 'x', details: { number: '+49 30 123456' }, retryAfterMs: 5_400_000 },
  rules: allowed.rules.slice(0, 2),
  matchedRuleId: null,
  limits: [],
  maxDurationMs: null,
  cost: null,
  callerNumber: null,
  gateways: { candidates: [], steps: [] },
};
