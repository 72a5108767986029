import { contactListSchema } from '../../shared/protocol/index.ts';
import { alice } from '../fixtures/index.ts';
import { openSession } from '../fixtures/ProtocolClient.ts';

const people = [
  { name: 'Amara Okafor', number: '+12025550100', company: 'Harbour Logistics' },
  { name: 'Ben Lindqvist', number: '+12025550101' },
  { name: 'Chiyo Tanaka', number: '+12025550105', company: 'Tanaka & Sons' },
  { name: 'Dora Vance', number: '+12025550102' },
  { name: 'Elias Brandt', number: '+12025550103', company: 'City Library' },
  { name: 'Farida Haddad', number: '+12025550106' },
];

/** People in place of the demo network's own entries, whose numbers they have. */
export async function fillAddressBook(url: string): Promise<void> {
  const { accessToken } = await openSession(url, alice);
  const ask = async (method: string, path: string, body?: object) => {
    const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' };
    const response = await fetch(new URL(path, url), { method, headers, ...(body && { body: JSON.stringify(body) }) });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.status === 204 ? undefined : response.json();
  };
  const { contacts } = contactListSchema.parse(await ask('GET', '/api/v1/contacts'));
  for (const { id } of contacts) await ask('DELETE', `/api/v1/contacts/${id}`);
  for (const { number, ...person } of people) {
    await ask('POST', '/api/v1/contacts', { ...person, numbers: [{ number, label: 'work' }] });
  }
}
