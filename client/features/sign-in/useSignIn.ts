import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { describeFailure, useSession, useSessionState } from '../../session/index.ts';

export interface SignInView {
  readonly userName: string;
  readonly setUserName: (text: string) => void;
  readonly password: string;
  readonly setPassword: (text: string) => void;
  readonly isRevealed: boolean;
  readonly toggleRevealed: () => void;
  readonly isBusy: boolean;
  /** What went wrong, in a sentence. */
  readonly problem: string | null;
  readonly submit: () => void;
}

export function useSignIn(): SignInView {
  const { t } = useTranslation();
  const session = useSession();
  const state = useSessionState();
  const [userName, setUserName] = useState('');
  const [password, setPassword] = useState('');
  const [isRevealed, setIsRevealed] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [ownProblem, setOwnProblem] = useState<string | null>(null);
  const earlier = state.kind === 'signedOut' && state.reason !== null ? describeFailure(state.reason, t) : null;

  const submit = async () => {
    if (isBusy) return;
    if (userName.trim() === '' || password === '') return setOwnProblem(t('signIn.missing'));
    setIsBusy(true);
    setOwnProblem(null);
    try {
      await session.signIn({ userName: userName.trim(), password });
    } catch (error) {
      setOwnProblem(describeFailure(error, t));
      setIsBusy(false);
    }
  };

  return {
    userName,
    setUserName,
    password,
    setPassword,
    isRevealed,
    toggleRevealed: () => setIsRevealed((is) => !is),
    isBusy,
    problem: isBusy ? null : (ownProblem ?? earlier),
    submit: () => void submit(),
  };
}
