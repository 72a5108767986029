import { defineConfig } from '@playwright/test';

/** Tests that judge how good the sound is, not only which, and those of connections that must stand within seconds. */
const measured = ['**/quality.spec.ts', '**/direct.spec.ts'];

/**
 * Three workers, each with one file at a time: the tests mostly wait for what happens in real time, and every one has a bridge,
 * gateways and often a browser of its own. More would not leave the audio its time on two cores.
 * A retry would hide what fails sometimes.
 */
// biome-ignore lint/style/noDefaultExport: Playwright reads the default export.
export default defineConfig({
  testDir: 'specs',
  outputDir: '../test-results',
  workers: 3,
  fullyParallel: false,
  retries: 0,
  timeout: 45_000,
  forbidOnly: Boolean(process.env.CI),
  globalSetup: './fixtures/ensureClientBuild.ts',
  use: { trace: 'off', locale: 'en-US', actionTimeout: 15_000 },
  expect: { timeout: 10_000 },
  projects: [
    { name: 'together', testIgnore: measured },
    // What a busy machine itself would spoil comes last, and alone.
    { name: 'alone', testMatch: measured, workers: 1, dependencies: ['together'] },
  ],
});
