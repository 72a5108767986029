import { z } from 'zod';
import { addressRangeSchema, countrySchema } from '../kept.ts';
import { gatewayCredentialsSchema } from './account.ts';
import { numberRules } from './numberRule.ts';

export const incomingFields = {
  isAllowed: z.boolean().default(true).describe('Calls may come from this gateway'),
  addresses: z
    .array(addressRangeSchema)
    .max(1000)
    .default([])
    .describe('Further addresses that its calls come from, besides those that we call it at'),
  country: countrySchema
    .nullable()
    .default(null)
    .describe('Country whose way of writing numbers it uses (ISO 3166-1); null: E.164, with or without the +'),
  numberRules: numberRules.describe('Made of the numbers that it sends before they are read'),
  calledNumberFrom: z
    .enum(['requestUri', 'to'])
    .default('requestUri')
    .describe('Where the called number stands: some registered trunks put it into To only'),
} as const;
export const incomingCredentialsSchema = gatewayCredentialsSchema.omit({ authUserName: true });
