/*
 * Packs packages/ledger for people outside of this repository: compiled JavaScript with types from a staging folder, the format in prose, the
 * licence. The package in the repository runs its source and stays private, so that nobody publishes that by mistake.
 *
 *     node_modules/.bin/node scripts/pack-ledger.ts FOLDER
 */
import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

import { repository } from './gate.ts'

const run = promisify(execFile)
const source = path.join(repository, 'packages', 'ledger')

interface Manifest {
  readonly name: string
  readonly version: string
  readonly license: string
}

/** Writes the tarball into a folder. @returns its path */
export async function packLedger(folder: string): Promise<string> {
  const staging = await mkdtemp(path.join(tmpdir(), 'art32-ledger-'))
  try {
    await compile(path.join(staging, 'dist'))
    await writeFile(path.join(staging, 'package.json'), `${JSON.stringify(await manifest(), null, 2)}\n`)
    await cp(path.join(source, 'README.md'), path.join(staging, 'README.md'))
    await cp(path.join(repository, 'LICENSE'), path.join(staging, 'LICENSE'))
    await cp(path.join(repository, 'docs', 'reference', 'ledger-format.md'), path.join(staging, 'ledger-format.md'))
    await mkdir(folder, { recursive: true })
    const packing = ['pack', '--json', '--pack-destination', path.resolve(folder)]
    const { stdout } = await run('npm', packing, { cwd: staging })
    const [packed] = JSON.parse(stdout) as { filename: string }[]
    if (packed === undefined) throw new Error('npm packed nothing')
    return path.join(path.resolve(folder), packed.filename)
  } finally {
    await rm(staging, { recursive: true })
  }
}

async function compile(into: string): Promise<void> {
  const compiler = path.join(repository, 'node_modules', '.bin', 'tsc')
  const project = ['-p', path.join(source, 'tsconfig.json'), '--outDir', into, '--rootDir', path.join(source, 'src')]
  const emit = ['--composite', 'false', '--incremental', 'false', '--emitDeclarationOnly', 'false', '--declaration']
  await run(compiler, [...project, ...emit, '--rewriteRelativeImportExtensions'])
  // The compiler rewrites the names of files in JavaScript only.
  for (const file of (await readdir(into)).filter((name) => name.endsWith('.d.ts'))) {
    const types = await readFile(path.join(into, file), 'utf8')
    await writeFile(path.join(into, file), types.replaceAll(/(from\s+|import\()(['"])(\.[^'"]*)\.ts\2/g, '$1$2$3.js$2'))
  }
}

async function manifest(): Promise<object> {
  const { name, version, license } = JSON.parse(await readFile(path.join(source, 'package.json'), 'utf8')) as Manifest
  return {
    name,
    version,
    description: 'An append-only, signed log that a stranger can check: C2SP formats, RFC 6962 trees, no dependencies',
    license,
    type: 'module',
    sideEffects: false,
    engines: { node: '>=20.19' },
    exports: { '.': { types: './dist/index.d.ts', default: './dist/index.js' } },
    files: ['dist', 'ledger-format.md'],
  }
}

const [, , folder] = process.argv
if (import.meta.main) {
  if (folder === undefined) throw new Error('Name the folder for the package.')
  process.stdout.write(`${await packLedger(folder)}\n`)
}
