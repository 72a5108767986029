import { useTranslation } from 'react-i18next';
import type { Route } from '../../../shared/admin/index.ts';
import { useNotices } from '../../ui/index.ts';
import { type EntityForm, EntityLoader, EntityPanel, KeptEntityPanel, useEntityForm } from '../form/index.ts';
import type { PanelProps } from '../frame/index.ts';
import { RouteFieldSet } from './RouteFieldSet.tsx';
import { type RouteFields, routeFieldsOf, routeInputOf } from './routeFields.ts';
import { useRouteName } from './useRouteName.ts';

export function NewRoute(props: PanelProps) {
  const { t } = useTranslation();
  const form = useRouteForm(null, props);
  return (
    <EntityPanel title={t('admin.routes.newTitle')} form={form} onClose={props.panel.close}>
      <RouteFieldSet form={form} />
    </EntityPanel>
  );
}

export function EditRoute({ id, ...props }: PanelProps & { readonly id: string }) {
  const { t } = useTranslation();
  return (
    <EntityLoader kind="routes" id={id} title={t('admin.routes.openTitle')} onClose={props.panel.close}>
      {(route) => <RouteEditor route={route} {...props} />}
    </EntityLoader>
  );
}

function RouteEditor({ route, ...props }: PanelProps & { readonly route: Route }) {
  const { t } = useTranslation();
  const nameOf = useRouteName();
  const form = useRouteForm(route, props);
  return (
    <KeptEntityPanel
      {...props}
      kind="routes"
      entity={route}
      name={nameOf(route)}
      consequence={t('admin.routes.deleteText')}
      form={form}
    >
      <RouteFieldSet form={form} />
    </KeptEntityPanel>
  );
}

function useRouteForm(route: Route | null, { panel, onChanged }: PanelProps): EntityForm<RouteFields> {
  const { t } = useTranslation();
  const notices = useNotices();
  const nameOf = useRouteName();
  return useEntityForm<'routes', RouteFields>({
    kind: 'routes',
    entity: route,
    fieldsOf: routeFieldsOf,
    draftOf: routeInputOf,
    onSaved: (saved) => {
      onChanged();
      const text = route === null ? 'admin.form.created' : 'admin.form.saved';
      notices.post({ tone: 'plain', text: t(text, { name: nameOf(saved) }) });
      panel.close();
    },
  });
}
