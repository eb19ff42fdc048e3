import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { z } from 'zod'
import { readTargets } from '../engine/target-file.ts'
import { readXml } from '../testing/xml.ts'
import { issue } from '../testing/certificates.ts'
import { tlsServer } from '../testing/servers.ts'
import { readExceptions } from './exceptions.ts'

/*
 * The examples for pipelines: their commands run as they stand, with a repository of somebody, a mirror of this tree and a
 * TLS server of the test. Only the installation of packages is a link to those that are here.
 */

const repository = fileURLToPath(new URL('../../../../', import.meta.url))
const example = (name: string) => readFileSync(join(repository, 'examples/ci', name), 'utf8')
const home = mkdtempSync(join(tmpdir(), 'art32-pipeline-'))
const at = (...path: string[]) => join(home, ...path)

const Script = z.array(z.string())
const commandsIn: Readonly<Record<string, (file: unknown) => string[]>> = {
  'github-actions.yml': (file) =>
    z
      .object({ jobs: z.object({ prove: z.object({ steps: z.array(z.object({ run: z.string().optional() })) }) }) })
      .parse(file)
      .jobs.prove.steps.flatMap(({ run }) => run ?? []),
  'bitbucket-pipelines.yml': (file) =>
    z
      .object({
        pipelines: z.object({ custom: z.object({ prove: z.array(z.object({ step: z.object({ script: Script }) })) }) }),
      })
      .parse(file)
      .pipelines.custom.prove.flatMap(({ step }) => step.script),
  'gitlab-ci.yml': (file) => z.object({ prove: z.object({ script: Script }) }).parse(file).prove.script,
}

const commandsOf = (name: string) =>
  (commandsIn[name]?.(parse(example(name))) ?? []).flatMap((text) => text.trimEnd().split('\n')).join('\n')

const git = (folder: string, ...args: string[]) => {
  const ran = spawnSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], { cwd: folder })
  if (ran.status !== 0) throw new Error(`git ${args.join(' ')}: ${String(ran.stderr)}`)
}
const hasGit = spawnSync('git', ['--version']).status === 0

/** Runs commands as a pipeline does; its servers trust the authority of the test. */
async function pipeline(commands: string, environment: Record<string, string>) {
  const child = spawn('sh', ['-eu', '-c', commands], {
    cwd: at('project'),
    env: {
      ...process.env,
      PATH: `${at('bin')}:${process.env['PATH'] ?? ''}`,
      NODE_EXTRA_CA_CERTS: at('authority.pem'),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => said.push(part))
  const exit = await new Promise((resolve) => child.on('close', resolve))
  return { exit, said: Buffer.concat(said).toString() }
}

describe('the examples for pipelines', () => {
  it('say the same commands in each of the three', () => {
    const [first, ...others] = Object.keys(commandsIn).map(commandsOf)
    expect(first).toContain('art32.mjs prove --target "$SITE"')
    for (const other of others) expect(other).toBe(first)
  })

  it('come with files that art32 reads', () => {
    expect(readTargets(example('art32.yaml'), {}).map(({ system }) => system)).toEqual(['git:.', 'versions:postgresql'])
    expect(readExceptions(example('art32-exceptions.yaml'))).toHaveLength(1)
    const guide = readFileSync(join(repository, 'docs/guides/prove-in-ci.md'), 'utf8')
    for (const name of [...Object.keys(commandsIn), 'art32.yaml', 'art32-exceptions.yaml'])
      expect(guide).toContain(`../../examples/ci/${name}`)
  })
})

describe.runIf(hasGit)('the commands of the examples', () => {
  const authority = issue({ name: 'Test Authority', authority: true })
  const good = issue({ issuer: authority })
  const closing: (() => Promise<void>)[] = []
  const serve = async (options: object) => {
    const { port, close } = await tlsServer(good, options)
    closing.push(close)
    return `tls://localhost:${port}`
  }

  beforeAll(() => {
    for (const folder of ['bin', 'project', 'mirror.git']) mkdirSync(at(folder))
    writeFileSync(at('authority.pem'), authority.certificate)
    // This tree as it is, committed or not, as far as a look needs it.
    git(at('mirror.git'), 'init', '--quiet', '--bare')
    const here = ['--git-dir', at('mirror.git'), '--work-tree', repository]
    git(repository, ...here, 'add', 'packages', 'apps/cli', 'scripts/install.mjs', 'package.json', 'package-lock.json')
    git(repository, ...here, 'commit', '--quiet', '--message', 'As it is')
    const node = `#!/bin/sh\nif [ "$1" = scripts/install.mjs ]; then exec ln -s "${repository}node_modules" node_modules; fi\nexec "${process.execPath}" "$@"\n`
    writeFileSync(at('bin/node'), node)
    chmodSync(at('bin/node'), 0o755)
    for (const name of ['art32.yaml', 'art32-exceptions.yaml'])
      copyFileSync(join(repository, 'examples/ci', name), at('project', name))
    writeFileSync(at('project/art32-revision'), 'HEAD\n')
    git(at('project'), 'init', '--quiet')
    git(at('project'), 'add', '--all')
    git(at('project'), 'commit', '--quiet', '--message', 'First')
  })
  afterAll(async () => {
    for (const close of closing) await close()
    rmSync(home, { recursive: true, force: true })
  })

  const commands = commandsOf('github-actions.yml')
  const sarif = () =>
    z
      .object({ runs: z.array(z.object({ results: z.array(z.object({ ruleId: z.string(), level: z.string() })) })) })
      .parse(JSON.parse(readFileSync(at('project/art32.sarif'), 'utf8')))
      .runs.flatMap(({ results }) => results)

  it('get art32, look, and are green where nothing of that severity fails', async () => {
    const SITE = await serve({ minVersion: 'TLSv1.2' })
    const { exit, said } = await pipeline(commands, { ART32_REPOSITORY: at('mirror.git'), SITE })
    expect([exit, said]).toEqual([0, expect.stringContaining('In order by this policy')])
    const report = readXml(readFileSync(at('project/test-results/art32.xml'), 'utf8'))
    expect(report.children.map(({ attributes }) => attributes['name'])).toContain('postgresql')
    expect(sarif().every(({ level }) => level !== 'error')).toBe(true)
    expect(existsSync(at('project/art32.oscal.json'))).toBe(true)
  })

  it('take art32 from the cache the next time, and are red with the report of an old TLS', async () => {
    const SITE = await serve({ minVersion: 'TLSv1', maxVersion: 'TLSv1' })
    const { exit, said } = await pipeline(commands, { ART32_REPOSITORY: at('nowhere'), SITE })
    expect([exit, said]).toEqual([1, expect.stringContaining('Not in order')])
    expect(sarif()).toContainEqual({ ruleId: 'tls.protocols', level: 'error' })
    const report = readXml(readFileSync(at('project/test-results/art32.xml'), 'utf8'))
    expect(Number(report.attributes['failures'])).toBeGreaterThan(0)
  })
})
