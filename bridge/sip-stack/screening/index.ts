/** Keeps strangers away, cheaply. Knows neither calls nor sockets. */
export { StrangerScreen } from './StrangerScreen.ts';
