/*
 * Packs a release: an archive that starts art32 without building anything, its bill of materials, the licences of others, release notes,
 * and their checksums, signed. The same commit gives the same bytes. `npm run package -- FOLDER`
 *
 * ART32_RELEASE_KEY names the SSH key (Ed25519) that signs; without it the checksums stay unsigned, and it is said so.
 */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'

import { read, readJson, repository } from '../gate.ts'
import { releaseNotes } from './notes.ts'
import { makeSbom } from './sbom.ts'
import { isOwn, readShipped, type Locked } from './shipped.ts'
import { writeTar, type Packed } from './tar.ts'
import { thirdPartyLicences } from './third-party.ts'

const run = promisify(execFile)

/** What is packed of the repository: what runs, what explains it, and how it is deployed; neither tests nor what builds. */
const goes =
  /^(apps|packages|examples|docs|deploy)\/|^scripts\/install\.mjs$|^(README|ARCHITECTURE|CONTRIBUTING|SECURITY|CHANGELOG)\.md$|^(LICENSE|NOTICE|\.npmrc)$/
const stays = /\.test\.tsx?$|^apps\/web\/(?!package\.json$)|(^|\/)tsconfig\.json$|(^|\/)package\.json$/

/** Of which commit a release is. */
interface Commit {
  readonly hash: string
  readonly at: Date
}

/** Files of a release: name and SHA-256. */
export type Checksums = ReadonlyMap<string, string>

/** How a release is packed. */
interface PackOptions {
  /** The SSH key that signs the checksums; null: nobody does. */
  readonly key?: string | null
  /** The folder of the built workplace, for tests. */
  readonly workplace?: string
}

/**
 * Packs what lies in the repository. The workplace has to be built.
 *
 * @param folder where the files of the release are written
 */
export async function packRelease(
  folder: string,
  { key = null, workplace = path.join(repository, 'apps/web/dist') }: PackOptions = {},
): Promise<Checksums> {
  const version = readJson<{ version: string }>(repository, 'package.json')?.version ?? ''
  const commit = await readCommit()
  const name = `art32-${version}`
  const sbom = makeSbom(repository, { version, at: commit.at })
  const own = [...(await trackedFiles()), ...builtWorkplace(workplace), ...manifests()]
  const made = [
    textFile('RELEASE', `art32 ${version}\ncommit ${commit.hash}\nof ${commit.at.toISOString()}\n`),
    textFile('sbom.cdx.json', sbom),
    textFile('THIRD-PARTY-LICENCES.txt', thirdPartyLicences(repository, readShipped(repository))),
  ]
  const packed = [...own, ...made].map((file) => ({ ...file, path: `${name}/${file.path}` }))
  const archive = writeTar(packed, commit.at)
  const files = new Map<string, string | Uint8Array>([
    [`${name}.tar.gz`, gzipSync(archive, { level: 9 })],
    [`${name}.cdx.json`, sbom],
    [`${name}.md`, releaseNotes(read(repository, 'CHANGELOG.md'), version, `${name}.tar.gz`)],
  ])
  mkdirSync(folder, { recursive: true })
  for (const [file, bytes] of files) writeFileSync(path.join(folder, file), bytes)
  const sums = new Map([...files].map(([file, bytes]) => [file, createHash('sha256').update(bytes).digest('hex')]))
  writeFileSync(path.join(folder, 'SHA256SUMS'), [...sums].map(([file, sum]) => `${sum}  ${file}\n`).join(''))
  rmSync(path.join(folder, 'SHA256SUMS.sig'), { force: true })
  if (key !== null)
    await run('ssh-keygen', ['-Y', 'sign', '-f', key, '-n', 'art32-release', path.join(folder, 'SHA256SUMS')])
  return sums
}

/** In the working tree, since only a commit can be built again by somebody else. @throws Error where something differs from it */
async function refuseChanges(): Promise<void> {
  const { stdout } = await git('status', '--porcelain')
  if (stdout !== '') throw new Error(`A release is made of a commit. Commit these, or put them away:\n${stdout}`)
}

const git = (...args: string[]) => run('git', args, { cwd: repository, maxBuffer: 64 * 1024 * 1024 })

async function readCommit(): Promise<Commit> {
  const { stdout } = await git('log', '-1', '--format=%H %ct')
  const [hash = '', seconds] = stdout.trim().split(' ')
  return { hash, at: new Date(Number(seconds) * 1000) }
}

const textFile = (file: string, content: string): Packed => ({ path: file, bytes: Buffer.from(content) })

async function trackedFiles(): Promise<Packed[]> {
  const { stdout } = await git('ls-files', '--stage', '-z')
  return stdout.split('\0').flatMap((line) => {
    const [, mode, file] = /^(\d{6}) \S+ \d\t(.+)$/.exec(line) ?? []
    return mode !== undefined && file !== undefined && goes.test(file) && !stays.test(file)
      ? [{ path: file, bytes: readFileSync(path.join(repository, file)), executable: mode === '100755' }]
      : []
  })
}

/** The workplace as browsers load it. Its stamp names what lies in this clone, and nobody builds it again from a release. */
function builtWorkplace(folder: string): Packed[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== '.stamp')
    .map((entry) => path.join(entry.parentPath, entry.name))
    .map((file) => ({
      path: `apps/web/dist/${path.relative(folder, file).split(path.sep).join('/')}`,
      bytes: readFileSync(file),
    }))
}

type Manifest = Locked & { readonly scripts?: Readonly<Record<string, string>> }

/** Every package.json and the lockfile, without what only builds and tests: an installation gets what the bill of materials says. */
function manifests(): Packed[] {
  const lockfile = readJson<{ packages: Record<string, Locked> }>(repository, 'package-lock.json')
  const shipped = new Set(readShipped(repository).map(({ place }) => place))
  const kept = Object.entries(lockfile?.packages ?? {}).filter(
    ([place, one]) => isOwn(place) || one.link === true || shipped.has(place),
  )
  const packages = Object.fromEntries(kept.map(([place, one]) => [place, isOwn(place) ? toRun(one) : unmarked(one)]))
  const json = (file: string, content: object) => textFile(file, `${JSON.stringify(content, null, 2)}\n`)
  return [
    json('package-lock.json', { ...lockfile, packages }),
    ...Object.keys(packages)
      .filter(isOwn)
      .map((place) => path.posix.join(place, 'package.json'))
      .map((file) => json(file, toRun(readJson<Manifest>(repository, file) ?? {}))),
  ]
}

/** The scripts that work in a release begin with its two files. */
function toRun(manifest: Manifest): object {
  const { devDependencies: _, ...kept } = manifest
  if (kept.scripts === undefined) return kept
  const works = Object.entries(kept.scripts).filter(([, command]) => command.includes(' apps/cli/'))
  return { ...kept, scripts: Object.fromEntries(works) }
}

/** npm marks what it would leave out of an installation without tests; nothing of that is left. */
function unmarked(one: Locked & { readonly devOptional?: boolean }): object {
  const { devOptional: _, ...kept } = one
  return kept
}

const [, , folder = path.join(repository, 'out')] = process.argv
if (import.meta.main) {
  await refuseChanges()
  const { buildWeb } = await import('../../apps/cli/src/serve.ts')
  await buildWeb()
  const key = process.env['ART32_RELEASE_KEY'] ?? null
  const sums = await packRelease(path.resolve(process.env['INIT_CWD'] ?? '.', folder), { key })
  for (const [file, sum] of sums) process.stdout.write(`${sum}  ${file}\n`)
  process.stdout.write(key === null ? 'Unsigned: ART32_RELEASE_KEY names no key.\n' : 'Signed: SHA256SUMS.sig\n')
}
