import { CircleCheck, CircleHelp, CircleOff, CircleX, Clock, RotateCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { GatewayState } from '../../../shared/admin/index.ts';
import { Badge, type BadgeTone } from '../../ui/workbench/index.ts';

const looks: Readonly<Record<GatewayState, { readonly tone: BadgeTone; readonly Icon: typeof Clock }>> = {
  unknown: { tone: 'plain', Icon: CircleHelp },
  up: { tone: 'good', Icon: CircleCheck },
  returning: { tone: 'info', Icon: RotateCw },
  resting: { tone: 'warning', Icon: Clock },
  down: { tone: 'danger', Icon: CircleX },
  off: { tone: 'plain', Icon: CircleOff },
};

/** How a gateway is: a word, an icon, a colour. */
export function GatewayStateBadge({ state }: { readonly state: GatewayState }) {
  const { t } = useTranslation();
  const { tone, Icon } = looks[state];
  return (
    <Badge tone={tone} icon={<Icon aria-hidden />}>
      {t(`admin.gateways.states.${state}`)}
    </Badge>
  );
}
