export { Admin } from './Admin.tsx';
export { BrandSceneContext, type SceneName } from './brands/index.ts';
