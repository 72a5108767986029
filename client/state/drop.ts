/** For promises that nobody waits for: a failure is told to the console with the place that it came from. */
export function drop(promise: Promise<unknown>, context: string): void {
  promise.catch((error: unknown) => console.warn(`${context}:`, error));
}
