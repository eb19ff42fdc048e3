/*
 * The pages of docs/reference that are made from code, as a table: which file or folder, by which function of which
 * workspace. A function returns the text of its page, or a record of file name → text for a folder.
 */
import path from 'node:path'
import { pathToFileURL } from 'node:url'

import { exists } from './gate.ts'

interface Entry {
  readonly to: string
  readonly from: string
  readonly make: string
}

const table: readonly Entry[] = [
  { to: 'docs/reference/catalogue.md', from: 'scripts/catalogue-page.ts', make: 'cataloguePage' },
  { to: 'docs/reference/checks', from: 'packages/probes/src/index.ts', make: 'checkPages' },
  { to: 'docs/reference/document-rules.md', from: 'packages/reader/src/index.ts', make: 'documentRulesPage' },
  { to: 'docs/reference/edition.schema.json', from: 'packages/press/src/index.ts', make: 'renderSchema' },
  { to: 'docs/reference/personal-data.md', from: 'apps/server/src/privacy/reference.ts', make: 'referencePage' },
  { to: 'docs/reference/detectors.md', from: 'scripts/detectors-page.ts', make: 'detectorsPage' },
  { to: 'docs/reference/connectors.md', from: 'scripts/connectors-page.ts', make: 'connectorsPage' },
  { to: 'packages/probes/src/check-releases.json', from: 'packages/probes/src/index.ts', make: 'checkReleases' },
  { to: 'README.md', from: 'scripts/connectors-page.ts', make: 'readmePage' },
  { to: 'apps/server/verifier', from: 'scripts/verifier.ts', make: 'verifierFiles' },
  { to: 'docs/reference/verifier.md', from: 'scripts/verifier.ts', make: 'verifierPage' },
  { to: 'docs/benchmarks.md', from: 'scripts/benchmarks-page.ts', make: 'benchmarksPage' },
  { to: 'docs/reference/asvs.md', from: 'scripts/asvs-page.ts', make: 'asvsPage' },
  { to: 'docs/reference/faults.md', from: 'e2e/faults/page.ts', make: 'faultsPage' },
  { to: 'docs/reference/fuzzed.md', from: 'e2e/faults/fuzzed-page.ts', make: 'fuzzedPage' },
  { to: 'docs/reference/mutation.md', from: 'scripts/mutate/page.ts', make: 'mutationPage' },
  { to: 'docs/coverage.md', from: 'scripts/coverage.ts', make: 'coveragePage' },
]

/** All pages with their text, and the entries of the table that lead nowhere. */
export async function makePages(root: string): Promise<{ pages: Map<string, string>; missing: string[] }> {
  const pages = new Map<string, string>()
  const missing: string[] = []
  for (const { to, from, make } of table.filter((entry) => exists(root, entry.from))) {
    const made = await run(path.join(root, from), make)
    if (typeof made === 'string') pages.set(to, made)
    else if (made) for (const [name, text] of Object.entries(made)) pages.set(path.posix.join(to, name), text)
    else missing.push(`${from} exports no function ${make}`)
  }
  return { pages, missing }
}

/** Imported by path and not by name: the table also runs on trees that have no such workspace. */
async function run(file: string, make: string): Promise<string | Record<string, string> | undefined> {
  const door = (await import(pathToFileURL(file).href)) as Record<string, unknown>
  const maker = door[make]
  if (typeof maker !== 'function') return undefined
  return (await (maker as () => unknown)()) as string | Record<string, string>
}
