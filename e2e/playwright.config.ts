import { defineConfig } from '@playwright/test';

/**
 * One worker: the tests measure audio and share two cores with a browser, a bridge and its gateways.
 * A retry would hide what fails sometimes.
 */
// biome-ignore lint/style/noDefaultExport: Playwright reads the default export.
export default defineConfig({
  testDir: 'specs',
  outputDir: '../test-results',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  timeout: 45_000,
  forbidOnly: Boolean(process.env.CI),
  globalSetup: './fixtures/ensureClientBuild.ts',
  use: { trace: 'off', locale: 'en-US', actionTimeout: 15_000 },
  expect: { timeout: 10_000 },
});
