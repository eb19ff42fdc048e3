import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

import { licenceOf } from './licences.ts'
import type { Shipped } from './shipped.ts'

const texts = /^(licen[cs]e|copying|copyright|notice|unlicense)([.-][\w.-]*)?$/i

/**
 * The licences of all packages of others that come with an installation, with the texts that lie in them, equal texts once.
 *
 * A package for other machines is listed without a text of its own: it is not installed here, and its bytes must not depend on where the
 * release was packed. The same holds for packages that carry no text, of which the licence that they name is told.
 */
export function thirdPartyLicences(root: string, shipped: readonly Shipped[]): string {
  const byText = new Map<string, string[]>()
  for (const one of shipped.filter(({ machines }) => machines === '')) {
    for (const text of textsOf(path.join(root, one.place))) {
      byText.set(text, [...(byText.get(text) ?? []), `${one.name} ${one.version}`])
    }
  }
  const list = shipped.map(
    (one) => `${one.name} ${one.version}: ${licenceOf(one)}${one.machines === '' ? '' : ` (${one.machines})`}`,
  )
  const sections = [...byText].map(
    ([text, names]) => `${rule}\n${[...new Set(names)].join('\n')}\n${rule}\n\n${text}\n`,
  )
  return `${opening}\n${[...new Set(list)].toSorted().join('\n')}\n\n${sections.join('\n')}`
}

const rule = '-'.repeat(80)

const opening = `What an installation of art32 runs of others, and under which licences. NOTICE names what is contained in the archive
itself; everything else is installed from the npm registry by the first start, where each package carries its licence.
Packages for one kind of machine name it in brackets. A choice between licences is taken by the permissive one.
`

function textsOf(folder: string): string[] {
  if (!existsSync(folder)) throw new Error(`${folder} is not installed: run node scripts/install.mjs, then pack again.`)
  return readdirSync(folder)
    .filter((name) => texts.test(name))
    .toSorted()
    .map((name) => readFileSync(path.join(folder, name), 'utf8').replaceAll('\r\n', '\n').trim())
}
