import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { readComponents } from '../../packages/probes/src/dependencies/components.ts'
import { read, readJson, repository } from '../gate.ts'
import { releaseNotes } from './notes.ts'
import { packRelease, type Checksums } from './package.ts'
import { makeSbom } from './sbom.ts'
import { readShipped, type Lock } from './shipped.ts'
import { writeTar, type Packed } from './tar.ts'

const home = mkdtempSync(path.join(tmpdir(), 'art32-release-'))
const workplace = path.join(home, 'workplace')
const first = path.join(home, 'first')
const version = readJson<{ version: string }>(repository, 'package.json')?.version ?? ''
const unpacked = path.join(home, `art32-${version}`)
const key = path.join(home, 'key')
let sums: Checksums

const shell = (command: string, args: readonly string[], input?: string) =>
  spawnSync(command, args, { cwd: first, encoding: 'utf8', ...(input === undefined ? {} : { input }) })

beforeAll(async () => {
  mkdirSync(path.join(workplace, 'assets'), { recursive: true })
  writeFileSync(path.join(workplace, 'index.html'), '<!doctype html>')
  writeFileSync(path.join(workplace, 'assets', 'main.js'), '1')
  writeFileSync(path.join(workplace, '.stamp'), 'of this machine')
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', key])
  sums = await packRelease(first, { key, workplace })
  execFileSync('tar', ['-xzf', path.join(first, `art32-${version}.tar.gz`), '-C', home])
})
afterAll(() => rmSync(home, { recursive: true }))

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
const readUnpacked = (file: string) => readFileSync(path.join(unpacked, file), 'utf8')

describe('the archive of a release', () => {
  it('is the same to the byte when it is packed again, later and of files that were touched', async () => {
    utimesSync(path.join(workplace, 'index.html'), new Date(0), new Date(0))
    utimesSync(path.join(repository, 'README.md'), new Date(), new Date())
    const again = path.join(home, 'second')
    mkdirSync(again)
    writeFileSync(path.join(again, 'SHA256SUMS.sig'), 'of an earlier one')
    expect(await packRelease(again, { workplace })).toEqual(sums)
    // Nobody signed this one: a signature of an earlier one beside it would mislead.
    expect(readdirSync(again)).not.toContain('SHA256SUMS.sig')
  })

  it('holds what runs and what explains it, without tests, tools and stamps of this machine', () => {
    const files = filesIn(unpacked)
    expect(files).toEqual(
      expect.arrayContaining([
        'RELEASE',
        'LICENSE',
        'NOTICE',
        'THIRD-PARTY-LICENCES.txt',
        'sbom.cdx.json',
        'package-lock.json',
        'scripts/install.mjs',
        'apps/cli/bin/art32.mjs',
        'apps/cli/src/main.ts',
        'apps/server/migrations/control/0001-account.sql',
        'apps/server/verifier/verify.js',
        'apps/web/dist/assets/main.js',
        'docs/guides/install-and-run.md',
      ]),
    )
    expect(files.filter((file) => /\.test\.tsx?$|^(e2e|bench)\/|^apps\/web\/src|\.stamp$|^\.git/.test(file))).toEqual(
      [],
    )
    expect(readUnpacked('package-lock.json')).not.toContain('"dev"')
    expect(readUnpacked('RELEASE')).toMatch(/^art32 \S+\ncommit [0-9a-f]{40}\nof \S+Z\n$/)
  })

  it('has one time and no owner for all files', () => {
    const at = Number(execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: repository, encoding: 'utf8' }))
    const listed = shell('tar', ['--numeric-owner', '--full-time', '--utc', '-tvzf', `art32-${version}.tar.gz`]).stdout
    const lines = listed.trim().split('\n')
    const when = new Date(at * 1000).toISOString().slice(0, 19).replace('T', ' ')
    expect(lines.length).toBeGreaterThan(2_000)
    expect(lines.filter((line) => !line.includes(when) || !/^-rw(x|-)r-(x|-)r-(x|-) 0\/0 /.test(line))).toEqual([])
    expect(statSync(path.join(unpacked, 'apps/cli/bin/art32.mjs')).isFile()).toBe(true)
  })

  it('imports nothing that was left out', () => {
    const files = filesIn(unpacked)
    const there = new Set(files)
    const sources = files.filter((file) => /\.(ts|mjs)$/.test(file) && !file.startsWith('apps/server/verifier/'))
    const missing = sources.flatMap((file) =>
      [...readUnpacked(file).matchAll(/^(?:import|export)\b[^'"]*?from '(\.[^']+)'|^import '(\.[^']+)'/gm)]
        .map(([, one, two]) => path.posix.join(path.posix.dirname(file), one ?? two ?? ''))
        .filter((target) => !there.has(target))
        .map((target) => `${file} → ${target}`),
    )
    expect(missing).toEqual([])
  })

  it('asks the registry for exactly what its bill of materials lists', () => {
    const lock = (JSON.parse(readUnpacked('package-lock.json')) as { packages: Lock }).packages
    const installed = Object.entries(lock).filter(
      ([place, one]) => place.includes('node_modules/') && one.link !== true,
    )
    const listed = (JSON.parse(readUnpacked('sbom.cdx.json')) as Bom).components
    expect(installed.map(([place]) => place).toSorted()).toEqual(listed.map((one) => one['bom-ref']).toSorted())
    expect(installed.length).toBeGreaterThan(100)
    const names = installed.map(([place]) => place)
    expect(names).not.toContain('node_modules/vitest')
    expect(names).not.toContain('node_modules/typescript')
  })

  it('starts and shows the demo only: the other scripts would find nothing', () => {
    const { scripts } = JSON.parse(readUnpacked('package.json')) as { scripts: object }
    expect(Object.keys(scripts)).toEqual(['start', 'demo'])
  })
})

describe('the tar format', () => {
  it('differs with a byte of one file, its name and whether it is executable', () => {
    const tar = (file: Packed) => writeTar([{ path: 'b', bytes: Buffer.of(1) }, file], new Date(0)).toString('base64')
    const one = tar({ path: 'a', bytes: Buffer.of(1) })
    expect(tar({ path: 'a', bytes: Buffer.of(1) })).toBe(one)
    expect(tar({ path: 'a', bytes: Buffer.of(2) })).not.toBe(one)
    expect(tar({ path: 'c', bytes: Buffer.of(1) })).not.toBe(one)
    expect(tar({ path: 'a', bytes: Buffer.of(1), executable: true })).not.toBe(one)
  })

  it('takes paths of up to 255 bytes and refuses longer ones by name', () => {
    const long = `${'a'.repeat(120)}/${'b'.repeat(99)}`
    const folder = path.join(home, 'long')
    mkdirSync(folder)
    writeFileSync(path.join(folder, 'x.tar'), writeTar([{ path: long, bytes: Buffer.from('ä') }], new Date(0)))
    execFileSync('tar', ['-xf', 'x.tar'], { cwd: folder })
    expect(readFileSync(path.join(folder, long), 'utf8')).toBe('ä')
    expect(() => writeTar([{ path: 'c'.repeat(101), bytes: Buffer.of() }], new Date(0))).toThrow('ccc is too long')
  })
})

interface Bom {
  readonly components: readonly {
    readonly 'bom-ref': string
    readonly purl: string
    readonly licenses: readonly { readonly expression?: string }[]
    readonly hashes: readonly { readonly content: string }[]
    readonly components?: readonly { readonly name: string; readonly version: string; readonly cpe: string }[]
  }[]
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn?: readonly string[] }[]
  readonly serialNumber: string
}

describe('the bill of materials', () => {
  const text = makeSbom(repository, { version, at: new Date(0) })
  const bom = JSON.parse(text) as Bom

  it('is valid CycloneDX 1.6, and the judge notices what is not', () => {
    const validate = cycloneDx()
    expect([validate(JSON.parse(text)), validate.errors]).toEqual([true, null])
    const { serialNumber: _, ...rest } = bom
    expect(validate({ ...rest, serialNumber: 'urn:uuid:1' })).toBe(false)
    expect(validate({ ...rest, components: [{ type: 'library' }] })).toBe(false)
    expect(
      validate({ ...rest, components: [{ type: 'library', name: 'x', licenses: [{ license: { id: 'Mine' } }] }] }),
    ).toBe(false)
  })

  it('names each package with version, licence, hash and what it asks for', () => {
    const zod = bom.components.find((one) => one['bom-ref'] === 'node_modules/zod')
    const locked = readJson<{ packages: Lock }>(repository, 'package-lock.json')?.packages['node_modules/zod']
    expect(zod).toMatchObject({ purl: `pkg:npm/zod@${locked?.version}`, licenses: [{ expression: 'MIT' }] })
    const sha512 = Buffer.from(locked?.integrity?.replace('sha512-', '') ?? '', 'base64').toString('hex')
    expect(zod?.hashes[0]?.content).toBe(sha512)
    const asks = bom.dependencies.find(({ ref }) => ref === 'node_modules/pg')?.dependsOn
    expect(asks).toEqual(expect.arrayContaining(['node_modules/pg-pool', 'node_modules/pg-types']))
    expect(bom.components.filter(({ licenses, hashes }) => licenses.length === 0 || hashes.length === 0)).toEqual([])
  })

  it('names Node.js and PostgreSQL themselves, which are repacked in packages of other names', () => {
    const within = bom.components.flatMap(({ components = [] }) => components)
    const versions = new Map(within.map((one) => [one.name, one]))
    expect(versions.get('node')).toMatchObject({
      version: process.versions.node,
      cpe: `cpe:2.3:a:nodejs:node.js:${process.versions.node}:*:*:*:*:*:*:*`,
    })
    expect(versions.get('postgresql')?.version).toMatch(/^1[89]\.\d+$/)
  })

  it('is read by art32 itself: the connector of dependencies finds all of it', () => {
    const { named, unnamed } = readComponents(text)
    const shipped = new Set(readShipped(repository).map(({ name, version: of }) => `${name}@${of}`))
    const found = named.filter(({ ecosystem }) => ecosystem === 'npm').map(({ name, version: of }) => `${name}@${of}`)
    expect(found.toSorted()).toEqual([...shipped].toSorted())
    // Node.js and PostgreSQL have no address in a database of weaknesses of packages.
    expect(unnamed).toBeGreaterThan(0)
  })
})

function cycloneDx() {
  const folder = path.join(
    path.dirname(createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json')),
    'res/schema',
  )
  const schema = (name: string) =>
    JSON.parse(readFileSync(path.join(folder, `${name}.SNAPSHOT.schema.json`), 'utf8')) as object
  const ajv = new Ajv({ strict: false, validateFormats: true })
  for (const name of ['spdx', 'jsf-0.82'])
    ajv.addSchema(schema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`)
  formats.default(ajv)
  ajv.addFormat('iri-reference', true)
  ajv.addFormat('idn-email', true)
  return ajv.compile(schema('bom-1.6'))
}

describe('the signature of a release', () => {
  const verify = (list: string, text: string) =>
    shell(
      'ssh-keygen',
      ['-Y', 'verify', '-f', list, '-I', 'art32', '-n', 'art32-release', '-s', 'SHA256SUMS.sig'],
      text,
    )

  it('is verified by the command of the notes with the key of the maintainers, and covers every file', () => {
    writeFileSync(path.join(first, 'allowed_signers'), `art32 ${readFileSync(`${key}.pub`, 'utf8')}`)
    const list = readFileSync(path.join(first, 'SHA256SUMS'), 'utf8')
    expect(verify('allowed_signers', list).stdout).toContain('Good "art32-release" signature for art32')
    expect(shell('sha256sum', ['--check', 'SHA256SUMS']).status).toBe(0)
    const notes = readFileSync(path.join(first, `art32-${version}.md`), 'utf8')
    expect(notes).toContain(
      'ssh-keygen -Y verify -f allowed_signers -I art32 -n art32-release -s SHA256SUMS.sig < SHA256SUMS',
    )
    const others = new Set(['SHA256SUMS', 'SHA256SUMS.sig', 'allowed_signers'])
    expect(readdirSync(first).filter((file) => !others.has(file) && !list.includes(`  ${file}\n`))).toEqual([])
  })

  it('does not hold for another list, another key or another purpose', () => {
    const list = readFileSync(path.join(first, 'SHA256SUMS'), 'utf8')
    expect(
      verify(
        'allowed_signers',
        list.replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
      ).status,
    ).not.toBe(0)
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', `${key}2`])
    writeFileSync(path.join(first, 'strangers'), `art32 ${readFileSync(`${key}2.pub`, 'utf8')}`)
    expect(verify('strangers', list).status).not.toBe(0)
    rmSync(path.join(first, 'strangers'))
  })
})

describe('the notes of a release', () => {
  it('are the section of the version in the changelog', () => {
    const changelog = '# Changelog\n\n## 1.2.0, 2026-01-02\n\n- New.\n\n## 1.1.0\n\n- Old.\n'
    expect(releaseNotes(changelog, '1.2.0', 'a.tar.gz')).toMatch(/^# art32 1\.2\.0\n\n- New\.\n\n## Check/)
    expect(releaseNotes(changelog, '1.1.0', 'a.tar.gz')).not.toContain('New.')
    expect(() => releaseNotes(changelog, '1.2', 'a.tar.gz')).toThrow('CHANGELOG.md says nothing about 1.2')
    expect(() => releaseNotes('## 1.0.0\n\n## 0.9.0\n\n- x\n', '1.0.0', 'a')).toThrow('nothing about 1.0.0')
  })
})

it('the licences of others name every package, and bring the texts that lie in them', () => {
  const text = readUnpacked('THIRD-PARTY-LICENCES.txt')
  const lines = new Set(text.split('\n').map((line) => line.split(':')[0]))
  expect(readShipped(repository).filter(({ name, version: of }) => !lines.has(`${name} ${of}`))).toEqual([])
  expect(text).toContain(read(repository, 'node_modules/hono/LICENSE').trim())
  expect(text).toContain('SIL OPEN FONT LICENSE')
})
