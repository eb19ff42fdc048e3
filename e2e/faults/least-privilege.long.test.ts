import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { owner } from './caller.ts'
import { setUp, signIn } from '../durability/client.ts'
import { tried } from './tried.ts'

/** Nobody has this number; what lies under it afterwards was made by this installation. */
const uid = 54_321
const repository = fileURLToPath(new URL('../../', import.meta.url))
/** Only root can become another user, and show it the program where it may read it: in a view of the disks of its own. */
const isPossible =
  process.platform === 'linux' &&
  process.getuid?.() === 0 &&
  spawnSync('unshare', ['--mount', 'setpriv', '--reuid', String(uid), '--regid', String(uid), '--clear-groups', 'true'])
    .status === 0

describe.skipIf(!isPossible)('an installation of a user who owns nothing but its data folder', () => {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'art32-least-')))
  const folder = join(home, 'data')
  afterAll(() => rmSync(home, { recursive: true, force: true }))

  it('starts, works and stops, and has written nowhere else', { timeout: 180_000 }, async (context) => {
    chmodSync(home, 0o755)
    mkdirSync(folder)
    chownSync(folder, uid, uid)
    const program = join(home, 'program')
    mkdirSync(program)
    const { NODE_ENV: _, TEST: __, VITEST: ___, NODE_COMPILE_CACHE: ____, ...environment } = process.env
    // PostgreSQL asks for the name of its user.
    const names = join(home, 'passwd')
    writeFileSync(names, `${readFileSync('/etc/passwd', 'utf8')}least:x:${uid}:${uid}::/nonexistent:/bin/false\n`)
    const become = `mount --bind "$5" /etc/passwd && mount --bind -o ro "$1" "$2" && cd / && exec setpriv --reuid ${uid} --regid ${uid} --clear-groups --no-new-privs "$3" "$2/e2e/durability/victim.ts" "$4" stay`
    const node = join(program, 'node_modules/.bin/node')
    const child = spawn('unshare', ['--mount', 'sh', '-c', become, 'sh', repository, program, node, folder, names], {
      env: { ...environment, HOME: '/nonexistent' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const complaints: string[] = []
    child.stderr.on('data', (data) => void complaints.push(String(data)))
    const ended = once(child, 'exit')
    const first = await Promise.race([once(createInterface(child.stdout), 'line'), ended.then(() => [''])])
    const { url, token } = JSON.parse(String(first[0]) || '{}') as { url?: string; token?: string }
    expect(complaints.join('')).toBe('')
    await setUp(url ?? '', token ?? '', owner)
    const caller = await signIn(url ?? '', owner)
    const at = '/api/tenants/alpha'
    const read = await caller.upload<{ document: { id: string } }>(
      `${at}/document/read?name=tom.txt`,
      Buffer.from('All network communication uses TLS 1.2 or newer.\n'),
    )
    await caller.post(`${at}/document/adopt`, { documentId: read.document.id })
    await caller.post(`${at}/edition/draft`, {})
    await caller.upload(`${at}/file/add?name=note.txt`, Buffer.from('All keys were there.\n'))
    const during = owned()
    child.kill('SIGTERM')
    await ended
    // PostgreSQL shares memory with its own parts, which has no other place and goes with it.
    const lasting = during.filter((path) => !/^\/dev\/shm\/PostgreSQL\.\d+$/.test(path))
    const elsewhere = [...lasting, ...owned()].filter((path) => path !== folder && !path.startsWith(`${folder}/`))
    expect(elsewhere).toEqual([])
    expect(during.length).toBeGreaterThan(100)
    tried(context, during.length)
  })

  /** Everything of that user where everybody may write; elsewhere it owns nothing, and the program lies there to be read only. */
  function owned(): string[] {
    const roots = ['/tmp', '/var/tmp', '/dev/shm', '/run/lock', tmpdir()]
    const wanted = [...new Set(roots), '-uid', String(uid), '-print']
    const { stdout } = spawnSync('find', wanted, { encoding: 'utf8', maxBuffer: 64 * 1_048_576 })
    return [...new Set(stdout.split('\n').filter((line) => line !== ''))]
  }
})
