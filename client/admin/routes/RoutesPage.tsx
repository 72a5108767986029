import { Route as RouteSign, Search } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Route } from '../../../shared/admin/index.ts';
import { Button } from '../../ui/index.ts';
import type { DataColumn } from '../../ui/workbench/index.ts';
import { useOptions } from '../api/index.ts';
import { EntityListPage, useSharedColumns } from '../frame/index.ts';
import { SheetTools } from '../sheet/index.ts';
import { compareRoutes } from './compareRoutes.ts';
import { EditRoute, NewRoute } from './RoutePanel.tsx';
import { routeSheet } from './routeSheet.ts';
import { useRouteName } from './useRouteName.ts';
import { WayPanel } from './WayPanel.tsx';

export function RoutesPage() {
  const { t } = useTranslation();
  const nameOf = useRouteName();
  const columns = useColumns();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <EntityListPage
        kind="routes"
        section="routes"
        icon={<RouteSign />}
        words={t('admin.routes', { returnObjects: true })}
        columns={columns}
        nameOf={nameOf}
        isOfNoBrand
        compare={compareRoutes}
        tools={(reload) => (
          <>
            <Button icon={<Search aria-hidden />} onPress={() => setIsAsking(true)}>
              {t('admin.routes.way')}
            </Button>
            <SheetTools kind="routes" sheet={routeSheet} onImported={reload} />
          </>
        )}
        NewPanel={NewRoute}
        OpenPanel={EditRoute}
      />
      {isAsking && <WayPanel onClose={() => setIsAsking(false)} />}
    </>
  );
}

const mostNamed = 3;

function useColumns(): readonly DataColumn<Route>[] {
  const { t, i18n } = useTranslation();
  const { status } = useSharedColumns();
  const nameOf = useRouteName();
  const gateways = useOptions('gateways');
  const brands = useOptions('brands');
  const groups = useOptions('groups');
  const list = new Intl.ListFormat(i18n.language, { type: 'unit' });
  const few = (items: readonly string[]) =>
    list.format(
      items.length <= mostNamed + 1
        ? items
        : [...items.slice(0, mostNamed), t('admin.rules.sentence.more', { count: items.length - mostNamed })],
    );
  return [
    {
      id: 'prefixes',
      name: t('admin.routes.prefixes'),
      cell: ({ prefixes }) => <span className="numerals">{few(prefixes)}</span>,
      isName: true,
    },
    { id: 'name', name: t('admin.routes.name'), cell: nameOf },
    {
      id: 'condition',
      name: t('admin.routes.condition'),
      cell: (route) => {
        const named = [
          ...(route.brands?.map(brands.nameOf) ?? []),
          ...(route.groups?.map(groups.nameOf) ?? []),
          ...(route.types?.map((type) => t(`admin.rules.types.${type}`)) ?? []),
          ...(route.hours === null ? [] : [t('admin.routes.inHours')]),
        ];
        return named.length === 0 ? t('admin.routes.everything') : few(named);
      },
    },
    {
      id: 'gateways',
      name: t('admin.routes.gateways'),
      cell: (route) =>
        route.gateways.length === 0
          ? t('admin.routes.allGateways')
          : few(route.gateways.map(({ gatewayId }) => gateways.nameOf(gatewayId))),
    },
    {
      id: 'strategy',
      name: t('admin.routes.strategy'),
      cell: ({ strategy }) => t(`admin.routes.strategies.${strategy}`),
      isMinor: true,
    },
    { id: 'order', name: t('admin.routes.order'), cell: ({ order }) => order, align: 'end', isMinor: true },
    status,
  ];
}
