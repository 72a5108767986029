import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { describeFailure } from '../../session/index.ts';

export interface Action {
  readonly isBusy: boolean;
  /** Why it could not be done, as a sentence. */
  readonly failure: string | null;
  readonly run: () => void;
  readonly clear: () => void;
}

/** Something that is done at the bridge on a button: once at a time, and what goes wrong is said. */
export function useAction(act: () => Promise<void>): Action {
  const { t } = useTranslation();
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const run = async () => {
    if (isBusy) return;
    setIsBusy(true);
    setFailure(null);
    try {
      await act();
    } catch (error) {
      setFailure(describeFailure(error, t));
    } finally {
      setIsBusy(false);
    }
  };
  return { isBusy, failure, run: () => void run(), clear: () => setFailure(null) };
}
