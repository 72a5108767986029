export {
  type Callers,
  defineEndpoint,
  type Endpoint,
  type EndpointBody,
  type EndpointDescription,
  type Tag,
  tags,
  usualBodyLimit,
} from './Endpoint.ts';
export { type EndpointRouterDeps, endpointRouter } from './endpointRouter.ts';
export { parsePart } from './parsePart.ts';
export { StreamedAnswer } from './StreamedAnswer.ts';
export { errorsOf } from './usualErrors.ts';
