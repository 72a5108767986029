import type { CallRecordView } from '../../../../shared/admin/index.ts';
import type { CallOutcome } from '../../../../shared/domain/index.ts';
import { Badge, type BadgeTone } from '../../../ui/workbench/index.ts';
import { useCallWords } from './useCallWords.ts';

/** What nobody did wrong is plain, what an operator may want to look into stands out. */
const tones: Readonly<Record<CallOutcome, BadgeTone>> = {
  answered: 'good',
  busy: 'plain',
  noAnswer: 'plain',
  declined: 'plain',
  cancelled: 'plain',
  wrongNumber: 'warning',
  refused: 'warning',
  unreachable: 'danger',
  failed: 'danger',
  interrupted: 'danger',
};

/** How a call ended, in a word. */
export function ResultBadge({ call }: { readonly call: CallRecordView }) {
  const { result } = useCallWords();
  return <Badge tone={call.outcome === null ? 'info' : tones[call.outcome]}>{result(call)}</Badge>;
}
