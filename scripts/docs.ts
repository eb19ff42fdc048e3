/* Writes the reference pages that are made from code: `npm run docs`. The gate `generated` compares them. */
import fs from 'node:fs'
import path from 'node:path'

import { repository } from './gate.ts'
import { makePages } from './reference-pages.ts'

const { pages, missing } = await makePages(repository)
for (const [file, text] of pages) {
  const target = path.join(repository, file)
  fs.mkdirSync(path.dirname(target), { recursive: true })
  fs.writeFileSync(target, text)
}
console.log(`${pages.size} reference pages written.`)
for (const line of missing) console.error(line)
if (missing.length > 0) process.exitCode = 1
