import { useParams } from 'react-router';
import { CallList } from './list/CallList.tsx';
import { CallPage } from './page/CallPage.tsx';

/** `/admin/calls` is the list, with what is searched for in its address; `/<id>` is one call. */
export function CallsPages() {
  const { '*': id = '' } = useParams();
  return id === '' ? <CallList /> : <CallPage key={id} id={id} />;
}
