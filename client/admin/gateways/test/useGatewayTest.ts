import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type GatewayTest, gatewayTestRequestSchema, gatewayTestSchema } from '../../../../shared/admin/index.ts';
import { useBrand } from '../../../branding/index.ts';
import { normalizeNumber } from '../../../phone-numbers/index.ts';
import { describeFailure } from '../../../session/index.ts';
import { pathOf, useAdminApi, useLive } from '../../api/index.ts';
import { describeIssue } from '../../form/index.ts';
import { type Action, useAction } from '../../frame/index.ts';

export interface GatewayTestView {
  readonly number: string;
  readonly setNumber: (number: string) => void;
  /** What is wrong with the number. */
  readonly problem: string | undefined;
  readonly start: Action;
  /** As it is now; null: none was started. */
  readonly test: GatewayTest | null;
  /** Why it can't be told how it goes on. */
  readonly lost: string | null;
}

const everyMs = 400;

/** Tries a gateway, and follows how it goes. */
export function useGatewayTest(gatewayId: string): GatewayTestView {
  const { t } = useTranslation();
  const api = useAdminApi();
  const { defaultCountry } = useBrand();
  const [number, setNumber] = useState('');
  const [problem, setProblem] = useState<string>();
  const [started, setStarted] = useState<GatewayTest | null>(null);
  const id = started?.id ?? null;
  const live = useLive<GatewayTest | null>({
    key: id ?? '',
    read: async () =>
      id === null
        ? null
        : api.ask({ method: 'GET', path: `/gateway-tests/${encodeURIComponent(id)}` }, gatewayTestSchema),
    everyMs,
    isFinal: (test) => test?.state !== 'running',
  });
  const start = useAction(async () => {
    const body = { number: number.trim() === '' ? null : normalizeNumber(number, defaultCountry) };
    const checked = gatewayTestRequestSchema.safeParse(body);
    const [issue] = checked.error?.issues ?? [];
    setProblem(issue && describeIssue(issue, body, t));
    if (!checked.success) return;
    const path = pathOf('gateways', gatewayId, '/tests');
    setStarted(await api.ask({ method: 'POST', path, body: checked.data }, gatewayTestSchema));
  });
  return {
    number,
    setNumber: (text) => {
      setNumber(text);
      setProblem(undefined);
    },
    problem,
    start,
    test: live.value ?? started,
    lost: live.error === null ? null : describeFailure(live.error, t),
  };
}
