import { z } from 'zod';

export const fruitSchema = z.strictObject({
  id: z.string(),
  colour: z.string(),
  tags: z.array(z.string()).default([]),
});
export type Fruit = z.infer<typeof fruitSchema>;

export function fruit(id: string, colour = 'red'): Fruit {
  return { id, colour, tags: ['sweet'] };
}
