import { useParams } from 'react-router';
import { GatewayList } from './list/GatewayList.tsx';
import { GatewayPage } from './page/GatewayPage.tsx';

/** `/admin/gateways` is the list, `/new` a new one; `/<id>` is one gateway, with `/edit` and `/test` beside it. */
export function GatewaysPages() {
  const { '*': rest = '' } = useParams();
  const [id = '', beside = ''] = rest.split('/');
  if (id === '' || id === 'new') return <GatewayList />;
  return <GatewayPage key={id} id={id} beside={beside} />;
}
