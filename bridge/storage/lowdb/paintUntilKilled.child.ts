// Child of lowdb.kill.test.ts: changes all entities of a collection in shards at once, again and again, for as long as it
// lives, and says on standard output each colour that was acknowledged.
import { writeSync } from 'node:fs';
import { fruit, fruitSchema } from '../contracts/fruit.ts';
import { openCollectionFiles } from './index.ts';

const [path = '', first = ''] = process.argv.slice(2);
const fruits = await openCollectionFiles({ path, schema: fruitSchema, shards: 8 });
for (let colour = Number(first); ; colour += 1) {
  const ids = Array.from({ length: 40 }, (_, number) => `fruit ${number}`);
  await fruits.updateAll(() => new Map(ids.map((id) => [id, fruit(id, String(colour))])));
  writeSync(1, `${colour}\n`);
}
