/** `gatewayChosen` as `Gateway chosen`: events are named for operators, and read well enough as they are. */
export function eventName(type: string): string {
  const words = type
    .replace(/[:._-]+/g, ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
