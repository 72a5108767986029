import { createContext, type ReactNode, useContext } from 'react';

/** A page begins with a heading of level 1. */
const LevelContext = createContext(2);

/** Level of the next heading here, so that parts fit wherever they stand. */
export function useLevel(): number {
  return useContext(LevelContext);
}

/** What stands below a heading of the present level. */
export function NextLevel({ children }: { children: ReactNode }) {
  return <LevelContext value={useLevel() + 1}>{children}</LevelContext>;
}
