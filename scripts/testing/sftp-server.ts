import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmdirSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs'
import type { Stats } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { resolve } from 'node:path'
import ssh2 from 'ssh2'
import type { Attributes, SFTPWrapper } from 'ssh2'

const { OPEN_MODE, STATUS_CODE } = ssh2.utils.sftp

/** The program of OpenSSH that speaks SFTP, where this machine has it. */
export const opensshProgram = [
  process.env['ART32_TEST_SFTP_SERVER'],
  '/usr/lib/openssh/sftp-server',
  '/usr/libexec/openssh/sftp-server',
  '/usr/libexec/sftp-server',
].find((path) => path !== undefined && existsSync(path))

/** What the server does in place of the right thing: answers with a status, says nothing, ends the connection, or lists without an end. */
export type SftpFault = { readonly status: number } | 'silent' | 'cut' | 'endless'

/** What was asked: the verb of the protocol, and how many bytes were written before it. */
export type Faults = (verb: string, written: number) => SftpFault | undefined

/** A server of SFTP on a free port of the loopback, over a folder of this machine. */
export interface TestSftpServer {
  readonly port: number
  readonly user: string
  readonly password: string
  /** A private key that it lets in. */
  readonly privateKey: string
  /** The fingerprint of its host key. */
  readonly hostKey: string
  /** What was asked, by verb. */
  readonly asked: string[]
  /** How many bytes were written. */
  written(): number
  fail(faults: Faults | null): void
  /** Shows another host key from now on. */
  changeHostKey(): void
  close(): Promise<void>
}

/** A pair of keys. Of those that ssh2 makes, it cannot read some few itself. */
function newKeys(): ReturnType<typeof ssh2.utils.generateKeyPairSync> {
  for (;;) {
    const keys = ssh2.utils.generateKeyPairSync('ed25519')
    if (!(ssh2.utils.parseKey(keys.private) instanceof Error)) return keys
  }
}

/** Starts one. @param program speaks SFTP in the place of the one that is written here */
export async function startSftpServer(folder: string, program?: string): Promise<TestSftpServer> {
  const host = newKeys()
  const another = newKeys()
  const login = newKeys()
  const [user, password] = ['backup', 'pass word+1']
  const loginKey = publicOf(login.public)
  const asked: string[] = []
  const sockets = new Set<Socket>()
  let written = 0
  let faults: Faults | null = null

  const serverOf = (hostKey: string) =>
    new ssh2.Server({ hostKeys: [hostKey] }, (connection) => {
      connection.on('error', () => undefined)
      connection.on('authentication', (context) => {
        if (context.username === user && context.method === 'password' && context.password === password)
          return context.accept()
        if (context.method === 'publickey' && context.key.data.equals(loginKey)) return context.accept()
        return context.reject(['password', 'publickey'])
      })
      connection.on('session', (accept) => {
        const session = accept()
        if (program === undefined) session.on('sftp', (acceptSftp) => serve(acceptSftp()))
        else
          session.on('subsystem', (acceptStream) => {
            const stream = acceptStream()
            const child = spawn(program, ['-d', folder], { stdio: ['pipe', 'pipe', 'ignore'] })
            stream.pipe(child.stdin)
            child.stdout.pipe(stream)
            child.once('exit', () => stream.close())
            stream.once('close', () => child.kill())
          })
      })
    })

  function serve(sftp: SFTPWrapper): void {
    serveFolder(sftp, folder, (verb, id, bytes) => {
      asked.push(verb)
      const fault = faults?.(verb, written)
      written += fault === undefined ? bytes : 0
      if (fault === undefined) return false
      if (fault === 'endless') sftp.name(id, endless)
      else if (fault === 'cut') for (const socket of sockets) socket.destroy()
      else if (fault !== 'silent') sftp.status(id, fault.status)
      return true
    })
  }

  let ssh = serverOf(host.private)
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.setNoDelay(true)
    socket.on('error', () => undefined)
    socket.once('close', () => sockets.delete(socket))
    ssh.injectSocket(socket)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    user,
    password,
    privateKey: login.private,
    hostKey: createHash('sha256').update(publicOf(host.public)).digest('base64').replace(/=+$/, ''),
    asked,
    written: () => written,
    fail: (next) => void (faults = next),
    changeHostKey: () => void (ssh = serverOf(another.private)),
    async close() {
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, 'close')
    },
  }
}

const endless = Array.from({ length: 2_000 }, (_, n) => ({
  filename: `f${n}`,
  longname: '',
  attrs: { mode: 0o100600, uid: 0, gid: 0, size: 1, atime: 0, mtime: 0 },
}))

function publicOf(text: string): Buffer {
  const key = ssh2.utils.parseKey(text)
  if (key instanceof Error) throw key
  const [one] = [key].flat()
  if (!one) throw new Error('no key')
  return one.getPublicSSH()
}

/** Whether something else is done in place of the answer. @param bytes that would be written */
type Instead = (verb: string, id: number, bytes: number) => boolean

/** Version 3 of the protocol on a folder, without extensions. @source draft-ietf-secsh-filexfer-02 */
function serveFolder(sftp: SFTPWrapper, folder: string, instead: Instead): void {
  const open = new Map<number, { fd: number } | { path: string; isRead: boolean }>()
  let next = 0
  const at = (path: string) => resolve(folder, path)
  const handleOf = (value: { fd: number } | { path: string; isRead: boolean }) => {
    const handle = Buffer.alloc(4)
    handle.writeUInt32BE(++next)
    open.set(next, value)
    return handle
  }
  const found = (handle: Buffer) => open.get(handle.readUInt32BE(0))
  const fdOf = (handle: Buffer) => {
    const one = found(handle)
    if (!one || !('fd' in one)) throw new Error('no such handle')
    return one.fd
  }
  const answer = (verb: string, id: number, work: () => void, bytes = 0) => {
    if (instead(verb, id, bytes)) return
    try {
      work()
    } catch (error) {
      sftp.status(id, statusOf(error))
    }
  }
  const done = (verb: string, id: number, work: () => void, bytes = 0) =>
    answer(
      verb,
      id,
      () => {
        work()
        sftp.status(id, STATUS_CODE.OK)
      },
      bytes,
    )

  sftp.on('OPEN', (id, path, flags) =>
    answer('OPEN', id, () => {
      const text = ssh2.utils.sftp.flagsToString(flags)
      if (text === null) throw new Error('no such flags')
      sftp.handle(id, handleOf({ fd: openSync(at(path), text, (flags & OPEN_MODE.CREAT) > 0 ? 0o600 : undefined) }))
    }),
  )
  sftp.on('READ', (id, handle, offset, length) =>
    answer('READ', id, () => {
      const chunk = Buffer.alloc(length)
      const count = readSync(fdOf(handle), chunk, 0, length, offset)
      if (count === 0) sftp.status(id, STATUS_CODE.EOF)
      else sftp.data(id, chunk.subarray(0, count))
    }),
  )
  sftp.on('WRITE', (id, handle, offset, data) =>
    done('WRITE', id, () => writeSync(fdOf(handle), data, 0, data.length, offset), data.length),
  )
  sftp.on('FSTAT', (id, handle) => answer('FSTAT', id, () => sftp.attrs(id, attributesOf(fstatSync(fdOf(handle))))))
  sftp.on('FSETSTAT', (id, handle, { size }) =>
    done('FSETSTAT', id, () => {
      if (size !== undefined) ftruncateSync(fdOf(handle), size)
    }),
  )
  sftp.on('CLOSE', (id, handle) =>
    done('CLOSE', id, () => {
      const one = found(handle)
      if (one && 'fd' in one) {
        fsyncSync(one.fd)
        closeSync(one.fd)
      }
      open.delete(handle.readUInt32BE(0))
    }),
  )
  sftp.on('OPENDIR', (id, path) =>
    answer('OPENDIR', id, () => {
      statSync(at(path))
      sftp.handle(id, handleOf({ path: at(path), isRead: false }))
    }),
  )
  sftp.on('READDIR', (id, handle) =>
    answer('READDIR', id, () => {
      const one = found(handle)
      if (!one || 'fd' in one || one.isRead) return sftp.status(id, STATUS_CODE.EOF)
      one.isRead = true
      const names = readdirSync(one.path).map((filename) => ({
        filename,
        longname: filename,
        attrs: attributesOf(lstatSync(resolve(one.path, filename))),
      }))
      return names.length === 0 ? sftp.status(id, STATUS_CODE.EOF) : sftp.name(id, names)
    }),
  )
  sftp.on('LSTAT', (id, path) => answer('LSTAT', id, () => sftp.attrs(id, attributesOf(lstatSync(at(path))))))
  sftp.on('STAT', (id, path) => answer('STAT', id, () => sftp.attrs(id, attributesOf(statSync(at(path))))))
  sftp.on('REMOVE', (id, path) => done('REMOVE', id, () => unlinkSync(at(path))))
  sftp.on('RMDIR', (id, path) => done('RMDIR', id, () => rmdirSync(at(path))))
  sftp.on('MKDIR', (id, path) => done('MKDIR', id, () => mkdirSync(at(path), { mode: 0o700 })))
  sftp.on('RENAME', (id, from, to) =>
    done('RENAME', id, () => {
      // The third version puts nothing in the place of another.
      if (existsSync(at(to))) throw new Error('there is one')
      renameSync(at(from), at(to))
    }),
  )
}

function attributesOf({ mode, uid, gid, size, atimeMs, mtimeMs }: Stats): Attributes {
  return { mode, uid, gid, size, atime: Math.floor(atimeMs / 1_000), mtime: Math.floor(mtimeMs / 1_000) }
}

function statusOf(error: unknown): number {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return STATUS_CODE.NO_SUCH_FILE
  return code === 'EACCES' || code === 'EPERM' ? STATUS_CODE.PERMISSION_DENIED : STATUS_CODE.FAILURE
}
