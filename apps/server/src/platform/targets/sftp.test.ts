import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { opensshProgram, startSftpServer } from '../../../../../scripts/testing/sftp-server.ts'
import type { TestSftpServer } from '../../../../../scripts/testing/sftp-server.ts'
import { targetOf } from './setting.ts'
import { sftpTarget } from './sftp.ts'
import type { SftpReach, SftpSetting } from './sftp-session.ts'
import { within } from './within.ts'

const MiB = 1_048_576

async function* parts(...given: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const one of given) yield await Promise.resolve(typeof one === 'string' ? Buffer.from(one) : one)
}
/** Bytes that differ from piece to piece. */
const sample = (size: number) => Buffer.alloc(size, Buffer.from(Array.from({ length: 251 }, (_, n) => n)))

const kinds: [string, string | undefined, boolean][] = [
  ['the SFTP server of a library', undefined, true],
  ['the SFTP server of OpenSSH', opensshProgram, opensshProgram !== undefined],
]

describe.each(kinds)('%s', (_, program, isThere) => {
  const home = mkdtempSync(join(tmpdir(), 'art32-sftp-'))
  const root = join(home, 'place')
  const notes = join(home, 'notes')
  let server: TestSftpServer
  const setting = (change: Partial<SftpSetting> = {}): SftpSetting => ({
    kind: 'sftp',
    host: '127.0.0.1',
    port: server.port,
    user: server.user,
    folder: root,
    hostKeys: [server.hostKey],
    keyFile: null,
    secret: server.password,
    ...change,
  })
  const place = (change: Partial<SftpSetting> = {}, reach: Partial<SftpReach> = {}) =>
    within(sftpTarget(setting(change), notes, { silentMs: 20_000, idleMs: 50, ...reach }), 'inst')
  const lies = () =>
    readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map((entry) => entry.name)
      .toSorted()

  beforeAll(async () => {
    if (isThere) server = await startSftpServer(home, program)
  })
  beforeEach(() => {
    rmSync(root, { recursive: true, force: true })
    rmSync(notes, { recursive: true, force: true })
    mkdirSync(root)
    server?.fail(null)
  })
  afterAll(async () => {
    await server?.close()
    rmSync(home, { recursive: true, force: true })
  })

  it.skipIf(!isThere)('keeps, lists, reads, replaces and removes files', async () => {
    const large = sample(9 * MiB + 77)
    const target = place()
    await target.put('sets/1/a', parts('one', 'two'), 6)
    await target.put('sets/1/b', parts(), 0)
    await target.put('sets/2/a', parts(large), large.length)
    expect((await target.list('sets/1/')).toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
      { name: 'sets/1/a', bytes: 6 },
      { name: 'sets/1/b', bytes: 0 },
    ])
    expect((await buffer(target.get('sets/1/a'))).toString()).toBe('onetwo')
    expect((await buffer(target.get('sets/2/a'))).equals(large)).toBe(true)
    await target.put('sets/1/a', parts('new'), 3)
    expect((await buffer(target.get('sets/1/a'))).toString()).toBe('new')
    expect(lies()).toEqual(['a', 'a', 'b'])
    expect(statSync(join(root, 'inst/sets/1/a')).mode & 0o777).toBe(0o600)
    for (const name of ['sets/1/a', 'sets/1/b', 'sets/1/b', 'sets/2/a']) await target.remove(name)
    expect(await target.list('')).toEqual([])
    expect(readdirSync(join(root, 'inst/sets'))).toEqual([])
    await expect(buffer(target.get('sets/none'))).rejects.toMatchObject({ code: 'target.missing' })
    expect(readdirSync(notes)).toEqual([])
  })

  it.skipIf(!isThere)(
    'is let in by a private key, from a file or by itself, and below the folder of the login',
    async () => {
      const keyFile = join(home, 'key')
      writeFileSync(keyFile, server.privateKey, { mode: 0o600 })
      await place({ keyFile, secret: null, folder: 'place' }).put('a', parts('x'), 1)
      await place({ secret: server.privateKey }).put('b', parts('y'), 1)
      expect(lies()).toEqual(['a', 'b'])
    },
  )

  it.skipIf(!isThere)('has nothing under a name when what was sent broke off or was shorter than it said', async () => {
    const breaking = async function* () {
      yield* parts(sample(5 * MiB))
      throw new Error('the source broke')
    }
    await expect(place().put('sets/3/a', breaking(), 20 * MiB)).rejects.toThrow('the source broke')
    await expect(place().put('sets/3/b', parts('short'), 6)).rejects.toMatchObject({ code: 'target.short' })
    expect(await place().list('')).toEqual([])
    expect(lies()).toEqual(['a.part'])
    // Another file than the one that was begun: nothing of that one is in it.
    const other = Buffer.alloc(4 * MiB + 5, 9)
    await place().put('sets/3/a', parts(other), other.length)
    expect((await buffer(place().get('sets/3/a'))).equals(other)).toBe(true)
    await expect(place().put('sets/3/c', breaking(), 20 * MiB)).rejects.toThrow('the source broke')
    await place().remove('sets/3/c')
    expect([lies(), readdirSync(notes)]).toEqual([['a'], []])
  })

  it.skipIf(!isThere)('refuses what links lead elsewhere, and touches nothing there', async () => {
    const elsewhere = join(home, 'elsewhere')
    rmSync(elsewhere, { recursive: true, force: true })
    mkdirSync(elsewhere)
    writeFileSync(join(elsewhere, 'kept'), 'as it was')
    mkdirSync(join(root, 'inst/sets/1'), { recursive: true })
    symlinkSync(join(elsewhere, 'kept'), join(root, 'inst/sets/1/a'))
    symlinkSync(join(elsewhere, 'kept'), join(root, 'inst/sets/1/b.part'))
    symlinkSync(elsewhere, join(root, 'inst/sets/2'))
    const target = place()
    expect(await target.list('')).toEqual([])
    await expect(buffer(target.get('sets/1/a'))).rejects.toMatchObject({ code: 'target.no_file' })
    await expect(target.put('sets/2/a', parts('x'), 1)).rejects.toMatchObject({ code: 'target.no_file' })
    await target.put('sets/1/b', parts('whole'), 5)
    await target.put('sets/1/a', parts('whole'), 5)
    await target.remove('sets/1/a')
    expect([readdirSync(elsewhere), readFileSync(join(elsewhere, 'kept'), 'utf8')]).toEqual([['kept'], 'as it was'])
  })

  it.skipIf(!isThere)(
    'refuses a folder that is not there, a server that shows another key, and whoever is not let in',
    async () => {
      const refused = async (change: Partial<SftpSetting>) =>
        await place(change)
          .put('a', parts('x'), 1)
          .then(
            () => 'kept',
            (error: { code?: string }) => error.code,
          )
      expect(await refused({ folder: join(root, 'not-there') })).toBe('target.no_folder')
      expect(await refused({ hostKeys: ['A'.repeat(43)] })).toBe('target.other_host_key')
      expect(await refused({ secret: 'another' })).toBe('target.not_let_in')
      expect(await refused({ keyFile: join(home, 'none') })).toBe('target.no_private_key')
      expect(await refused({ secret: '-----BEGIN nonsense' })).toBe('target.no_private_key')
      expect(await refused({ port: 1 })).toBe('target.away')
      expect(lies()).toEqual([])
    },
  )

  it.skipIf(!isThere || process.getuid?.() === 0)('says that it may not write', async () => {
    chmodSync(root, 0o500)
    await expect(place().put('a', parts('x'), 1)).rejects.toMatchObject({ code: 'target.denied' })
    chmodSync(root, 0o700)
  })
})

describe('an SFTP server that fails', () => {
  const home = mkdtempSync(join(tmpdir(), 'art32-sftp-fails-'))
  const root = join(home, 'place')
  const notes = join(home, 'notes')
  let server: TestSftpServer
  const place = (reach: Partial<SftpReach> = {}, change: Partial<SftpSetting> = {}) =>
    sftpTarget(
      {
        kind: 'sftp',
        host: '127.0.0.1',
        port: server.port,
        user: server.user,
        folder: root,
        hostKeys: [server.hostKey],
        keyFile: null,
        secret: server.password,
        ...change,
      },
      notes,
      { silentMs: 20_000, idleMs: 50, ...reach },
    )
  const whole = sample(14 * MiB)

  beforeEach(async () => {
    rmSync(root, { recursive: true, force: true })
    mkdirSync(root)
    server = await startSftpServer(home)
    return () => server.close()
  })
  afterAll(() => rmSync(home, { recursive: true, force: true }))

  it('cut off in the middle, goes on after the last whole piece', async () => {
    server.fail((verb, written) => (verb === 'WRITE' && written > 9 * MiB ? 'cut' : undefined))
    const target = place()
    await expect(target.put('sets/1/a', parts(whole), whole.length)).rejects.toMatchObject({ code: 'target.away' })
    expect(await target.list('').catch(() => 'gone')).toEqual([])
    server.fail(null)
    const before = server.written()
    await target.put('sets/1/a', parts(whole), whole.length)
    expect(server.written() - before).toBe(6 * MiB)
    expect(readFileSync(join(root, 'sets/1/a')).equals(whole)).toBe(true)
    expect([readdirSync(join(root, 'sets/1')), readdirSync(notes)]).toEqual([['a'], []])
  })

  it('with another file in the place of what was cut off, sends all of it', async () => {
    server.fail((verb, written) => (verb === 'WRITE' && written > 9 * MiB ? 'cut' : undefined))
    const target = place()
    await expect(target.put('a', parts(whole), whole.length)).rejects.toMatchObject({ code: 'target.away' })
    server.fail(null)
    const other = Buffer.concat([whole.subarray(0, 4 * MiB), Buffer.alloc(5 * MiB, 1)])
    const before = server.written()
    await target.put('a', parts(other), other.length)
    expect([server.written() - before, readFileSync(join(root, 'a')).equals(other)]).toEqual([5 * MiB, true])
  })

  it('that falls silent is not waited for: while it writes, before it greets, and in between', async () => {
    server.fail((verb) => (verb === 'WRITE' ? 'silent' : undefined))
    await expect(place({ silentMs: 600 }).put('a', parts('x'), 1)).rejects.toMatchObject({ code: 'target.silent' })
    server.fail((verb) => (verb === 'STAT' ? 'silent' : undefined))
    await expect(place({ silentMs: 600 }).list('')).rejects.toMatchObject({ code: 'target.silent' })
    const mute = createServer(() => undefined).listen(0, '127.0.0.1')
    await new Promise((resolve) => mute.once('listening', resolve))
    const { port } = mute.address() as AddressInfo
    await expect(place({ silentMs: 600 }, { port }).list('')).rejects.toMatchObject({ code: 'target.silent' })
    mute.close()
  })

  it('whose disk is full is said to be, and is left as empty as it was', async () => {
    server.fail((verb, written) => (verb === 'WRITE' && written > MiB ? { status: 4 } : undefined))
    await expect(place().put('sets/1/a', parts(whole), whole.length)).rejects.toMatchObject({ code: 'target.full' })
    expect(readdirSync(join(root, 'sets/1'))).toEqual([])
  })

  it.each<[string, string]>([
    ['OPEN', 'target.denied'],
    ['MKDIR', 'target.denied'],
    ['RENAME', 'target.denied'],
    ['OPENDIR', 'target.denied'],
  ])('that forbids %s is said to', async (forbidden, code) => {
    server.fail((verb) => (verb === forbidden ? { status: 3 } : undefined))
    const work = forbidden === 'OPENDIR' ? place().list('') : place().put('sets/1/a', parts('x'), 1)
    await expect(work).rejects.toMatchObject({ code })
  })

  it('that lists without an end is not listened to for ever', async () => {
    server.fail((verb) => (verb === 'READDIR' ? 'endless' : undefined))
    await expect(place().list('')).rejects.toMatchObject({ code: 'target.failing' })
  })

  it('is not believed once it shows another host key, also by a connection that was let go', async () => {
    const target = place({ idleMs: 0 })
    await target.put('a', parts('x'), 1)
    server.changeHostKey()
    await expect
      .poll(
        () =>
          target.put('b', parts('y'), 1).then(
            () => 'kept',
            (error: { code: string }) => error.code,
          ),
        { timeout: 20_000 },
      )
      .toBe('target.other_host_key')
  })
})

describe('the setting of an SFTP server', () => {
  const key = { id: null, secret: 'secret' }
  const print = `SHA256:${'a+/'.repeat(14)}b`
  it('names user, host, folder and the key of the host', () => {
    expect(targetOf(`sftp://me@backup.example.com:2222/far/away/?host-key=${print}`, key)).toEqual({
      kind: 'sftp',
      host: 'backup.example.com',
      port: 2222,
      user: 'me',
      folder: '/far/away',
      hostKeys: [print.slice(7)],
      keyFile: null,
      secret: 'secret',
    })
    expect(
      targetOf(`sftp://me@[2001:db8::1]/~/near?host-key=${print},${print}=&key-file=/etc/key`, {
        id: null,
        secret: null,
      }),
    ).toMatchObject({ host: '2001:db8::1', port: 22, folder: 'near', keyFile: '/etc/key', secret: null })
  })
  it.each([
    ['without the key of the host', 'sftp://me@example.com/a'],
    ['with a key of another form', 'sftp://me@example.com/a?host-key=MD5:00'],
    ['with a password in it', `sftp://me:secret@example.com/a?host-key=${print}`],
    ['without a user', `sftp://example.com/a?host-key=${print}`],
    ['with a folder that leads out', `sftp://me@example.com/a/%2e%2e%2f..?host-key=${print}`],
    ['with what it does not take', `sftp://me@example.com/a?host-key=${print}&strict=no`],
    ['with a key file somewhere', `sftp://me@example.com/a?host-key=${print}&key-file=key`],
  ])('is refused %s', (_, text) => {
    expect(() => targetOf(text, key)).toThrow('is not understood')
  })
  it('is refused where nothing lets it in', () => {
    expect(() => targetOf(`sftp://me@example.com/a?host-key=${print}`, { id: null, secret: null })).toThrow(
      'is missing',
    )
  })
})
