import { Validator } from '@seriousme/openapi-schema-validator';
import type { Express, Router } from 'express';
import request from 'supertest';
import { beforeEach, describe, expect, it } from 'vitest';
import { webhookEventTypeSchema } from '../../../shared/admin/index.ts';
import { errorCodeSchema } from '../../../shared/errors/index.ts';
import { createHttpApp, handMadeRouters } from '../createHttpApp.ts';
import { healthRouter } from '../healthRouter.ts';
import { metricsRouter } from '../metricsRouter.ts';
import { FakeServices } from '../testing/httpFixture.ts';
import type { OpenApiDocument, Operation } from './describeApi.ts';

/** What express keeps of a route or of a router inside of a router. */
interface Layer {
  readonly route?: { readonly path: string; readonly stack: readonly { readonly method?: string }[] };
  readonly handle?: { readonly stack?: readonly Layer[] };
}

/** `get /api/v1/history/{callId}` of everything that the router serves, as far as it knows where it is mounted. */
function routesOf(router: Router | Express['router'], mountedAt = ''): readonly string[] {
  const layers = router.stack as unknown as readonly Layer[];
  return layers.flatMap(({ route, handle }) => {
    if (route === undefined) return handle?.stack ? routesOf(handle as unknown as Router, mountedAt) : [];
    const path = `${mountedAt}${route.path === '/' && mountedAt !== '' ? '' : route.path}`.replaceAll(
      /:(\w+)/g,
      '{$1}',
    );
    const methods = new Set(route.stack.map(({ method }) => method));
    return [...methods].map((method) => `${method} ${path}`);
  });
}

describe('the description of the API', () => {
  let services: FakeServices;
  let app: Express;
  let document: OpenApiDocument;
  beforeEach(async () => {
    services = new FakeServices();
    app = createHttpApp(services.deps('nowhere'));
    document = (await request(app).get('/api/v1/openapi.json').expect(200)).body;
  });
  const operations = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
    );

  it('is valid OpenAPI 3.1', async () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    const result = await new Validator().validate(structuredClone(document));
    expect(result).toEqual({ valid: true });
  });

  it('is found wanting by the validator when something is missing', async () => {
    const broken = structuredClone(document) as Record<string, unknown>;
    delete broken.info;
    expect(await new Validator().validate(broken)).toMatchObject({ valid: false });
  });

  it('describes every route that there is, and none that there is not', () => {
    const handMade = Object.entries(handMadeRouters(services.deps('nowhere')));
    const elsewhere = [
      ...handMade.flatMap(([path, router]) => routesOf(router, path)),
      ...routesOf(healthRouter(services.deps('nowhere'))),
      ...routesOf(metricsRouter(services.deps('nowhere'))),
    ];
    const registered = routesOf(app.router).filter((route) => / \/api\/v1\//.test(route));
    // A preflight (Fetch standard) is the browser's business and no operation of the API.
    const served = new Set([...registered, ...elsewhere].filter((route) => !route.startsWith('options ')));
    expect(
      operations()
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...served].sort());
    expect(served.size).toBeGreaterThan(60);
  });

  it('knows each router of the app: another one would have to be described', () => {
    const deps = services.deps('nowhere');
    const known = [
      ...Object.values(handMadeRouters(deps)).flatMap((router) => routesOf(router)),
      ...routesOf(healthRouter(deps)),
      ...operations().map(({ name }) => name),
      'get /manifest.webmanifest',
      ...['', 'start.js', 'swagger-ui.css', 'swagger-ui-bundle.js'].map((file) => `get /${file}`),
    ];
    expect(routesOf(app.router).filter((route) => !known.includes(route))).toEqual([]);
  });

  it('says of each operation who may, what goes wrong, and what is answered', () => {
    const codes: readonly string[] = errorCodeSchema.options;
    for (const { name, operation } of operations()) {
      const { summary, tags, security, responses, 'x-errors': errors, 'x-roles': roles } = operation;
      expect(summary, name).toMatch(/^[A-Z].*[^.]$/);
      expect(tags, name).toHaveLength(1);
      expect(security, name).toBeInstanceOf(Array);
      expect(
        Object.keys(responses).filter((status) => status.startsWith('2')),
        name,
      ).toHaveLength(1);
      for (const code of errors as string[]) expect(codes, name).toContain(code);
      if (name.includes('/admin/')) expect(roles, name).toEqual(expect.arrayContaining(['operator']));
    }
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('describes each event that is sent to webhooks, with what is in it', () => {
    const webhooks = document.webhooks as Record<string, { post: Operation }>;
    expect(Object.keys(webhooks).sort()).toEqual([...webhookEventTypeSchema.options].sort());
    const { schemas } = document.components as { schemas: Record<string, Record<string, never>> };
    expect(webhooks['call.ended']?.post.requestBody).toMatchObject({
      content: { 'application/json': { schema: { $ref: '#/components/schemas/CallEndedEvent' } } },
    });
    expect(schemas.CallEndedEvent?.required).toEqual(['version', 'id', 'type', 'occurredAtMs', 'callServerId', 'data']);
  });

  it('tells defaults, bounds and what may be left out from the schemas that do the parsing', () => {
    const { schemas } = document.components as { schemas: Record<string, Record<string, never>> };
    expect(schemas.RuleCreate?.required).toEqual(['action']);
    expect(schemas.Rule?.required).toEqual(expect.arrayContaining(['id', 'order', 'isEnabled', 'revision']));
    expect(schemas.RuleCreate).toMatchObject({
      additionalProperties: false,
      properties: { isEnabled: { default: true } },
    });
    expect(schemas.ListRulesAnswer?.properties).toMatchObject({
      items: { items: { $ref: '#/components/schemas/Rule' } },
    });
    expect(schemas.User?.properties).not.toHaveProperty('password');
    expect(schemas.UserWrite?.properties).toMatchObject({ password: { type: 'string', minLength: 8 } });
    expect(document.paths['/api/v1/admin/rules']?.get?.parameters).toContainEqual({
      name: 'limit',
      in: 'query',
      required: false,
      description: 'Entries on a page',
      schema: { type: 'integer', default: 100, minimum: 1, maximum: 1000 },
    });
    expect(document.paths['/api/v1/admin/rules/{id}']?.put).toMatchObject({
      parameters: [
        { name: 'id', in: 'path', required: true },
        { name: 'If-Match', in: 'header', required: true },
      ],
      responses: { 200: { headers: { ETag: {} } }, 409: { description: expect.stringContaining('`conflict`') } },
      security: [{ accessToken: [] }],
      'x-roles': ['operator', 'brandManager'],
    });
  });
});

describe('the page to try the API', () => {
  const app = createHttpApp(new FakeServices().deps('nowhere'));

  it('is served with its files under the usual content security policy', async () => {
    const page = await request(app).get('/api/docs').expect(200).expect('Content-Type', /html/);
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
    const files = [...page.text.matchAll(/(?:src|href)="(\/api\/docs\/[^"]+)"/g)].map(([, file]) => file ?? '');
    expect(files).toHaveLength(3);
    for (const file of files) await request(app).get(file).expect(200).expect('Cache-Control', 'no-cache');
    expect(page.text).not.toMatch(/<script>|<style|onclick/);
  });

  it('serves nothing else of the package', async () => {
    for (const file of ['index.html', 'package.json', 'swagger-ui.js', '../package.json', '%2e%2e/package.json']) {
      await request(app).get(`/api/docs/${file}`).expect(404);
    }
  });
});
