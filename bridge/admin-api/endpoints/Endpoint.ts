import type { z } from 'zod';
import type { ErrorCode } from '../../../shared/errors/index.ts';
import type { BrandFeatures } from '../../../shared/protocol/index.ts';
import type { Actor, AdministrativeRole, BaseRevision } from '../../administration/index.ts';
import type { VerifiedAccess } from '../../front-end-server/index.ts';

/** Who may come in, by what the handler then knows of them. */
export interface Callers {
  /** Everybody, signed in or not. */
  readonly anybody: null;
  /** Whoever has a good access token. */
  readonly person: VerifiedAccess;
  /** Whoever has a good access token and one of the endpoint's `roles`, by the account as it is now. */
  readonly administrator: Actor;
}

export type Method = 'get' | 'post' | 'put' | 'delete';

/** JSON that is parsed by a schema, or bytes of the named types. */
export type EndpointBody<Schema extends z.ZodType = z.ZodType> =
  | {
      readonly schema: Schema;
      /** In bytes; absent: `usualBodyLimit`. */
      readonly limit?: number;
    }
  | { readonly contentTypes: readonly string[]; readonly limit: number };

/** The answer where all went well. */
export interface EndpointAnswer {
  readonly status: 200 | 201 | 202 | 204;
  readonly description: string;
  /** Absent: no JSON. */
  readonly schema?: z.ZodType;
  /** Of what is answered in place of JSON. */
  readonly contentTypes?: readonly string[];
}

/** An endpoint as it is described to people and programs. */
export interface EndpointDescription {
  readonly method: Method;
  /** Below the origin, with its parameters as in OpenAPI: `/api/v1/admin/rules/{id}`. */
  readonly path: string;
  /** The name that generated clients give it: `listRules`. */
  readonly operationId: string;
  readonly tag: Tag;
  /** One line. */
  readonly summary: string;
  readonly description?: string;
  readonly caller: keyof Callers;
  /** For `administrator`: who gets past the door; what they may do with which entity is the administration's matter. */
  readonly roles?: readonly AdministrativeRole[];
  /** What the person's brand must have switched on; else `featureOff`. */
  readonly feature?: keyof BrandFeatures;
  /** The refresh cookie stands for the person. */
  readonly usesCookie?: boolean;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  /** The revision that a change is based on, in `If-Match`. */
  readonly ifMatch?: 'required' | 'optional';
  readonly body?: EndpointBody;
  readonly answer: EndpointAnswer;
  /** Refusals besides those that follow from the rest (`usualErrors`). */
  readonly errors?: readonly ErrorCode[];
  /** What is said of bad input. Absent: `invalidSetting` for administrators, else `badRequest`. */
  readonly badInput?: 'invalidSetting' | 'badRequest';
}

/** What a handler gets: parsed, and from somebody who may come in. */
export interface EndpointCall<Caller extends keyof Callers, Params, Query, Body> {
  readonly caller: Callers[Caller];
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** Undefined where `ifMatch` is optional and absent. */
  readonly base: BaseRevision | undefined;
  /** Of the body, where that is bytes. */
  readonly contentType: string;
  /** Where people reach the bridge: `https://phone.example.com`. */
  readonly origin: string;
}

type Parsed<Schema extends z.ZodType | undefined> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type ParsedBody<Body extends EndpointBody | undefined> = Body extends {
  readonly schema: infer Schema extends z.ZodType;
}
  ? z.output<Schema>
  : Body extends { readonly contentTypes: readonly string[] }
    ? Uint8Array
    : undefined;

/** An endpoint as it is described and done, which is one thing: what is described is what is served. */
export interface Endpoint extends EndpointDescription {
  /** Resolves with what the answer's schema says, or a `StreamedAnswer`. Its `revision`, where it has one, is sent as `ETag` too. */
  handle(call: EndpointCall<keyof Callers, never, never, never>): Promise<unknown>;
}

/** Says what its handler gets, by its schemas. */
export function defineEndpoint<
  const Caller extends keyof Callers,
  const Params extends z.ZodObject | undefined = undefined,
  const Query extends z.ZodObject | undefined = undefined,
  const Body extends EndpointBody | undefined = undefined,
>(
  endpoint: Omit<EndpointDescription, 'caller' | 'params' | 'query' | 'body'> & {
    readonly caller: Caller;
    readonly params?: Params;
    readonly query?: Query;
    readonly body?: Body;
    handle(call: EndpointCall<Caller, Parsed<Params>, Parsed<Query>, ParsedBody<Body>>): Promise<unknown>;
  },
): Endpoint {
  // The router parses with these very schemas, and lets in whom `caller` says: it calls with what the handler wants.
  return endpoint as unknown as Endpoint;
}

/** Groups of endpoints, in the order in which they are shown. */
export const tags = {
  Session:
    'Signing in and out. Everything that needs a person wants the access token that this gives, as bearer token.',
  Brand: 'How the pages look and are worded.',
  Contacts: 'The signed-in person’s address book.',
  History: 'The signed-in person’s calls.',
  Users: 'People with an account.',
  Groups: 'Groups of users, for rules.',
  Rules: 'Who may call where: the first rule that matches decides, and without one a call is refused.',
  Explain: 'Why a call would be allowed or refused.',
  Rates: 'What calls cost.',
  Calls: 'Who called whom, and what happened in it.',
  Gateways: 'Ways to the telephone network, how they are, and trying one out.',
  Routes: 'Which gateways numbers go to, and in which order.',
  Numbers: 'Numbers at which people are called.',
  Brands: 'Faces under which the phone service appears.',
  'Embed keys': 'Publishable keys for pages whose visitors may call.',
  'Signing keys': 'Keys with which host applications sign tokens for their own users.',
  'Access keys': 'Keys that sign our own access tokens.',
  Webhooks: 'Other machines that are told of calls and gateways, and what they were told.',
  'Audit log': 'Who changed what.',
  Operation: 'Whether the bridge works.',
} as const;
export type Tag = keyof typeof tags;

/** In bytes. */
export const usualBodyLimit = 65_536;
