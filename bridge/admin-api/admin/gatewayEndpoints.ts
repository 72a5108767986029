import { z } from 'zod';
import {
  gatewayCreateSchema,
  gatewayStatusSummarySchema,
  gatewayStatusViewSchema,
  gatewayTestRequestSchema,
  gatewayTestSchema,
  gatewayViewSchema,
  gatewayWriteSchema,
} from '../../../shared/admin/index.ts';
import { gatewayIdSchema } from '../../../shared/domain/index.ts';
import { type Administration, administrativeRoles } from '../../administration/index.ts';
import { defineEndpoint, type Endpoint } from '../endpoints/index.ts';
import { adminPath, entityEndpoints, operatorOnly, plainCreation } from './entityEndpoints.ts';
import { importEndpoint, importModeSchema } from './importEndpoint.ts';

const params = z.object({ id: gatewayIdSchema });
const testIdSchema = z.string().min(1).max(100);

/** Gateways, how they are, and trying one out. */
export function gatewayEndpoints({
  gateways,
  gatewayImport,
  gatewayWatch,
}: Pick<Administration, 'gateways' | 'gatewayImport' | 'gatewayWatch'>): readonly Endpoint[] {
  return [
    ...entityEndpoints(gateways, plainCreation(gateways, { body: gatewayCreateSchema, view: gatewayViewSchema }), {
      path: 'gateways',
      tag: 'Gateways',
      names: { one: 'Gateway', many: 'Gateways' },
      noun: 'a gateway',
      id: gatewayIdSchema,
      write: gatewayWriteSchema,
      view: gatewayViewSchema,
      editors: operatorOnly,
      changeErrors: ['inUse'],
      writeLimit: gatewayLimit,
    }),
    importEndpoint({
      path: 'gateways',
      tag: 'Gateways',
      operationId: 'importGateways',
      summary: 'Takes over a sheet of gateways, all of it or nothing. Absent secrets keep the present ones',
      body: z.strictObject({ mode: importModeSchema, items: z.array(gatewayCreateSchema).max(10_000) }),
      import: (actor, sheet) => gatewayImport.import(actor, sheet),
    }),
    defineEndpoint({
      method: 'get',
      path: `${adminPath}/gateway-statuses`,
      operationId: 'listGatewayStatuses',
      tag: 'Gateways',
      summary: 'Lists how the gateways are now',
      caller: 'administrator',
      roles: administrativeRoles,
      answer: {
        status: 200,
        description: 'One for each gateway',
        schema: z.object({ items: z.array(gatewayStatusSummarySchema) }),
      },
      handle: async ({ caller }) => ({ items: await gatewayWatch.statuses(caller) }),
    }),
    defineEndpoint({
      method: 'get',
      path: `${adminPath}/gateways/{id}/status`,
      operationId: 'getGatewayStatus',
      tag: 'Gateways',
      summary: 'Tells how a gateway is and was',
      caller: 'administrator',
      roles: administrativeRoles,
      params,
      answer: { status: 200, description: 'Its state, figures and history', schema: gatewayStatusViewSchema },
      handle: ({ caller, params: { id } }) => gatewayWatch.status(caller, id),
    }),
    ...testEndpoints(gatewayWatch),
  ];
}

/** A thousand prefixes with their costs take about 100 KB. In bytes. */
const gatewayLimit = 8_388_608;

function testEndpoints(gatewayWatch: Administration['gatewayWatch']): readonly Endpoint[] {
  return [
    defineEndpoint({
      method: 'post',
      path: `${adminPath}/gateways/{id}/tests`,
      operationId: 'testGateway',
      tag: 'Gateways',
      summary: 'Begins to try a gateway out',
      description:
        'Looks it up, probes it, and with a number makes a call of some seconds there, which may cost money. Ask for the test again until it is over.',
      caller: 'administrator',
      roles: operatorOnly,
      params,
      body: { schema: gatewayTestRequestSchema },
      answer: { status: 202, description: 'The test as it begins', schema: gatewayTestSchema },
      errors: ['conflict'],
      handle: ({ caller, params: { id }, body }) => gatewayWatch.startTest(caller, id, body),
    }),
    defineEndpoint({
      method: 'get',
      path: `${adminPath}/gateway-tests/{id}`,
      operationId: 'getGatewayTest',
      tag: 'Gateways',
      summary: 'Tells how a test goes, with the SIP messages exchanged',
      caller: 'administrator',
      roles: administrativeRoles,
      params: z.object({ id: testIdSchema }),
      answer: { status: 200, description: 'The test so far', schema: gatewayTestSchema },
      handle: ({ caller, params: { id } }) => gatewayWatch.test(caller, id),
    }),
  ];
}
