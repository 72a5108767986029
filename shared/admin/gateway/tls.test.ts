import { expect, it } from 'vitest';
import { gatewayDraftSchema } from './gateway.ts';

const problemOf = (tls: object) =>
  gatewayDraftSchema.safeParse({ host: 'gw.example', tls }).error?.issues.map(({ message }) => message);

it('says in plain words what PEM text is missing', () => {
  expect(problemOf({ certificate: 'x' })).toEqual(['expected PEM text with a certificate']);
  expect(problemOf({ privateKey: 'x' })).toEqual(['expected PEM text with a private key']);
});

it.each(['PRIVATE KEY', 'EC PRIVATE KEY', 'RSA PRIVATE KEY'])('takes a key that is a %s', (label) => {
  expect(problemOf({ privateKey: `-----BEGIN ${label}-----` })).toBeUndefined();
});
