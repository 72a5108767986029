export { apiPageRouter } from './apiPageRouter.ts';
export { descriptionEndpoint } from './descriptionEndpoint.ts';
