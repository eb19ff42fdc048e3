import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

import { repository } from '../gate.ts'
import { required } from '../gates/asvs-levels.ts'

/** Files of a small tree by their path; a value of undefined takes a file out of the tree that is overlaid. */
export type Files = Readonly<Record<string, string | undefined>>

/** One planted fault: what it is, the files that make it, and a piece of the finding it must cause. */
export type Fault = readonly [what: string, files: Files, expected: string]

/** Planted faults by the name of the gate that has to find them. */
export type Faults = Readonly<Record<string, readonly Fault[]>>

/** What the gates read of the repository itself: their configuration is under test too. */
const configuration = ['.dependency-cruiser.mjs', '.oxlintrc.json', '.oxfmtrc.json', 'knip.json', 'tsconfig.base.json']

const manifest = (name: string, exported: string) => `{
  "name": "${name}",
  "type": "module",
  "exports": {
    ".": "${exported}"
  }
}
`

const tsconfig = `{ "extends": "../../tsconfig.base.json", "include": ["src"] }\n`

let written = 0

/** One more file in a module of the server, which may be imported and has nothing else to say. */
export function measure(text: string): Files {
  written += 1
  return { [`apps/server/src/measure/fault-${written}.ts`]: text }
}

/** A front door with its module comment. */
export const withComment = (text: string): string => `/**
 * A module of a tree for tests.
 *
 * It holds what a gate wants to see and nothing else.
 *
 * Source: none, it serves tests only.
 */
${text}`

/** An answer to every requirement of OWASP ASVS. @param changed what stands in place of the usual answer, by the number; null: nothing */
export function asvsAnswers(changed: Readonly<Record<string, object | null>> = {}): string {
  const usual = { about: 'something', state: 'not applicable', reason: 'The tree has nothing of the kind.' }
  const requirements = [...required].flatMap(([id, level]) => {
    const own = changed[id]
    return own === null ? [] : [{ id, level, ...usual, ...own }]
  })
  return `${JSON.stringify({ requirements }, null, 2)}\n`
}

/** A repository in miniature on which every gate passes. */
const clean: Files = {
  'package.json':
    '{\n  "name": "tree",\n  "workspaces": [\n    "packages/*",\n    "apps/*"\n  ],\n  "type": "module"\n}\n',
  'package-lock.json': `${JSON.stringify({ packages: { '': {}, 'packages/ledger': {}, 'apps/server': {} } })}\n`,
  'tsconfig.json': `{ "files": [], "references": [{ "path": "packages/ledger" }, { "path": "apps/server" }] }\n`,
  'CHANGELOG.md': '# Changelog\n\n## 0.1.0\n\n- Reads a document.\n',
  'docs/asvs.json': asvsAnswers(),
  'README.md': '# Tree\n\nSee the [changelog](CHANGELOG.md#010).\n',
  'packages/ledger/package.json': manifest('ledger', './src/index.ts'),
  'packages/ledger/tsconfig.json': tsconfig,
  'packages/ledger/src/index.ts': withComment("export { size } from './tree.ts'\n"),
  'packages/ledger/src/tree.ts':
    '/** How many leaves there are. */\nexport const size = (leaves: readonly string[]): number => leaves.length\n',
  'apps/server/package.json': manifest('server', './src/main.ts'),
  'apps/server/tsconfig.json': tsconfig,
  'apps/server/src/main.ts': withComment(
    "import { retire } from './measure/index.ts'\n\n/** Starts. */\nexport const start = (): string => retire('m1')\n",
  ),
  'apps/server/src/kernel/index.ts': withComment("/** A fault. */\nexport const fault = 'fault'\n"),
  'apps/server/src/measure/index.ts': withComment("export { retire } from './measure.ts'\n"),
  'apps/server/src/measure/measure.ts':
    "import { fault } from '../kernel/index.ts'\n\n/** Retires a measure. */\nexport const retire = (id: string): string => id + fault\n",
}

/** Judges the miniature with the given files over it, which lies in a folder of its own for as long as that takes. */
export async function onTree<Answer>(files: Files, judge: (root: string) => Promise<Answer> | Answer): Promise<Answer> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'art32-tree-'))
  const root = path.join(folder, 'repository')
  try {
    for (const [file, text] of Object.entries({ ...clean, ...files })) {
      if (text === undefined) continue
      fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
      fs.writeFileSync(path.join(root, file), text)
    }
    for (const file of configuration) fs.copyFileSync(path.join(repository, file), path.join(root, file))
    return await judge(root)
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}
