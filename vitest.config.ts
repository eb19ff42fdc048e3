import process from 'node:process'

import { defineConfig } from 'vitest/config'

import { temporaryFolder } from './scripts/testing/in-memory.ts'

/**
 * Where nobody sits by it, a test that fails is tried once more and named as such: of seven thousand tests on real servers
 * one in some runs meets a machine that stood still for a moment. Beside a person it fails at once.
 */
const retry = process.env['CI'] === undefined ? 0 : 1

process.env['TMPDIR'] ??= temporaryFolder()

/** Faults are tried for as long as they take: on a machine that is busy with nothing else, or not. */
const [testTimeout, hookTimeout] = process.env['ART32_FAULTS'] === undefined ? [30_000, 60_000] : [300_000, 600_000]

/** What is waited for comes at once on a calm machine; on another one a second, the usual limit, says nothing. */
const expected = { poll: { timeout: 10_000 } }

const common = { isolate: false, testTimeout, hookTimeout, maxWorkers: 2, retry, expect: expected }

/** Tests run on Node.js itself, by type stripping, as the product does. */
const native = { ...common, experimental: { viteModuleRunner: false } }

/** What looks at a real PostgreSQL. */
const needDatabase = [
  'packages/probes/src/{app,postgres}/{connector,content,crossing}.test.ts',
  'packages/shield/src/database/*.test.ts',
]

/**
 * What needs no server; what needs PostgreSQL, one for all of it; what a browser runs, bundled; then, alone, the whole
 * product in a browser. Apart, so that the tests of a package begin at once.
 */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...native,
          name: 'packages',
          include: ['{packages,examples,scripts}/**/*.test.ts'],
          exclude: ['**/node_modules/**', ...needDatabase],
        },
      },
      {
        test: {
          ...native,
          name: 'apps',
          include: ['{apps/server,apps/cli,bench}/**/*.test.ts', ...needDatabase],
          globalSetup: ['scripts/testing/database.ts'],
        },
      },
      { test: { ...common, name: 'web', include: ['apps/web/**/*.test.{ts,tsx}'] } },
      {
        test: {
          ...native,
          name: 'browser',
          include: ['e2e/**/*.test.ts'],
          // What takes minutes: `npm run faults`.
          exclude: process.env['ART32_FAULTS'] === 'whole' ? [] : ['e2e/**/*.long.test.ts'],
          globalSetup: ['scripts/testing/database.ts'],
          testTimeout: Math.max(60_000, testTimeout),
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
