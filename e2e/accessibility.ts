import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import type { AxeResults, RunOptions } from 'axe-core'
import type { Page } from 'playwright-core'

const axe = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')

/** Rules that axe still calls experimental and that a success criterion stands behind: 1.3.1, 2.5.3. */
const early = ['label-content-name-mismatch', 'p-as-heading', 'table-fake-caption', 'td-has-header']

/** WCAG 2.2 in levels A and AA, and what axe calls best practice. No rule is left out. */
const options: RunOptions = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: Object.fromEntries(early.map((id) => [id, { enabled: true }])),
  resultTypes: ['violations'],
  // What is found is told by its markup; and no rule of these reads style sheets, which axe would fetch once more.
  selectors: false,
  preload: false,
}

/**
 * What axe finds on a page as it stands; empty for a good one.
 *
 * axe comes by the protocol of the browser's own tools, which no policy of a page binds. So the page is looked at as people
 * get it, under its strict policy: neither a script element nor `bypassCSP` would leave it that way.
 */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in globalThis))) await page.evaluate(`${axe}; undefined`)
  const { violations } = await page.evaluate<AxeResults, RunOptions>(
    async (wanted) => (globalThis as unknown as { axe: { run(o: RunOptions): Promise<AxeResults> } }).axe.run(wanted),
    options,
  )
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary?.replace(/\s+/g, ' ')}`),
  )
}
