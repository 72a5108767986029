import { type ComponentType, createContext } from 'react';

export type SceneName = 'signIn' | 'dialer' | 'call';

export const sceneNames: readonly SceneName[] = ['signIn', 'dialer', 'call'];

/**
 * Draws one of the dialer's own pages under the brand that `useBrand` gives. The admin pages know nothing of them; whoever puts
 * the application together gives it (`client/app/AdminEntrance.tsx`).
 */
export const BrandSceneContext = createContext<ComponentType<{ readonly scene: SceneName }> | null>(null);
