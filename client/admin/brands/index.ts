export { BrandSceneContext, type SceneName } from './BrandScene.ts';
export { brandsSection } from './brandsSection.tsx';
