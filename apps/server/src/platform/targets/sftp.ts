import { createHash } from 'node:crypto'
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Attributes, FileEntryWithStats, Stats } from 'ssh2'
import { AppError } from '../../kernel/index.ts'
import { targetErrors } from './errors.ts'
import { sftpSessions } from './sftp-session.ts'
import type { SftpReach, SftpSession, SftpSetting } from './sftp-session.ts'
import type { Target, TargetFile } from './target.ts'

/** What a file is called until it is whole. */
const draftEnd = '.part'
/** What was sent is remembered in pieces of this size, so that a file that was cut off goes on after the last whole one. Bytes. */
const pieceBytes = 4 * 1_048_576
/** Every server takes and gives this much at once. Bytes. @source draft-ietf-secsh-filexfer-02, section 3 */
const chunkBytes = 32_768
/** More than a folder of ours ever has: a backup of as many tenants as one server takes. */
const mostEntries = 200_000
/** A folder of ours is not deeper; whoever has deeper ones is none of ours. */
const deepest = 6

/** How a server says what went wrong. @source draft-ietf-secsh-filexfer-02, section 7; -13, section 9.1 */
const status = { end: 1, missing: 2, denied: 3, failure: 4, noSpace: 14, quota: 15 }

/**
 * A folder of an SFTP server. It must be there: the login of another begins elsewhere. Links are not followed, and a name
 * that is none of ours is passed over.
 *
 * @param notes a folder in which files that were cut off are remembered, so that they go on where they were
 */
export function sftpTarget(setting: SftpSetting, notes: string, reach: Partial<SftpReach> = {}): Target {
  const { host, port, user, folder } = setting
  const sessions = sftpSessions(setting, reach)
  const at = (name: string) => `${folder === '/' ? '' : folder}/${name}`
  const noteOf = (name: string) =>
    join(
      notes,
      createHash('sha256')
        .update(`sftp ${user}@${host}:${port} ${at(name)}`)
        .digest('hex')
        .slice(0, 32),
    )
  const beThere = async (session: SftpSession) => {
    const found = await stat(session, folder)
    if (found === undefined || !found.isDirectory()) throw targetErrors.no_folder({ folder })
  }

  return {
    kind: 'sftp',
    list: (prefix) =>
      sessions.using(async (session) => {
        await beThere(session)
        const files: TargetFile[] = []
        const begin = prefix.slice(0, prefix.lastIndexOf('/') + 1)
        for await (const file of filesBelow(session, at, begin))
          if (file.name.startsWith(prefix) && !file.name.endsWith(draftEnd)) files.push(file)
        return files
      }),
    put: (name, bytes, size) =>
      sessions.using(async (session) => {
        await beThere(session)
        await makeFolders(session, at, name)
        const draft = at(`${name}${draftEnd}`)
        try {
          await writeDraft(session, { draft, note: noteOf(name), notes }, bytes, size)
        } catch (error) {
          // What lies there in part would keep the place full. Else it goes on there.
          if (isRefusal(error, 'target.full') || isRefusal(error, 'target.short')) {
            await unlink(session, draft).catch(() => undefined)
            await rm(noteOf(name), { force: true })
          }
          throw error
        }
        await renameOver(session, draft, at(name))
        await rm(noteOf(name), { force: true })
      }),
    async *get(name) {
      const taken = await sessions.take()
      const { session } = taken
      try {
        const found = await lstat(session, at(name))
        if (found === undefined) throw targetErrors.missing()
        if (!found.isFile()) throw targetErrors.no_file()
        yield* readWhole(session, at(name))
      } finally {
        taken.release()
      }
    },
    remove: (name) =>
      sessions.using(async (session) => {
        await unlink(session, at(name))
        await unlink(session, at(`${name}${draftEnd}`))
        await rm(noteOf(name), { force: true })
        // The folder of a set that has no files any more.
        const parent = name.slice(0, name.lastIndexOf('/'))
        if (parent !== '') await session.ask((sftp, done) => sftp.rmdir(at(parent), done)).catch(() => undefined)
      }),
    removeHalf: (below) =>
      sessions.using(async (session) => {
        await beThere(session)
        const folders = new Set([below.replace(/\/$/, '')])
        const begin = `${[...folders][0]}/`
        for await (const { name } of filesBelow(session, at, begin, 0, (folder) => void folders.add(folder)))
          if (name.endsWith(draftEnd)) {
            await unlink(session, at(name))
            await rm(noteOf(name.slice(0, -draftEnd.length)), { force: true })
          }
        // What lies in another comes before it.
        for (const folder of [...folders].toSorted((a, b) => b.length - a.length))
          await session.ask((sftp, done) => sftp.rmdir(at(folder), done)).catch(() => undefined)
      }),
  }
}

/**
 * What a server says of names is anybody's: only those that could be ours count, and no link is followed. Files that were sent in
 * part are among them.
 */
async function* filesBelow(
  session: SftpSession,
  at: (name: string) => string,
  below: string,
  depth = 0,
  entered: (folder: string) => void = () => undefined,
): AsyncGenerator<TargetFile> {
  if (depth > deepest) return
  const entries = await entriesOf(session, at(below))
  for (const { filename, attrs } of entries) {
    if (!/^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(filename)) continue
    const name = `${below}${filename}`
    if (attrs.isDirectory()) {
      entered(name)
      yield* filesBelow(session, at, `${name}/`, depth + 1, entered)
    } else if (attrs.isFile()) yield { name, bytes: attrs.size }
  }
}

/** What lies in a folder; nothing where there is none. A server that never comes to an end is not listened to for ever. */
async function entriesOf(session: SftpSession, path: string): Promise<FileEntryWithStats[]> {
  try {
    const handle = await session.ask<Buffer>((sftp, done) => sftp.opendir(path, done))
    const entries: FileEntryWithStats[] = []
    try {
      while (entries.length <= mostEntries)
        entries.push(...(await session.ask<FileEntryWithStats[]>((sftp, done) => sftp.readdir(handle, done))))
      throw targetErrors.failing({ status: 'endless' })
    } catch (error) {
      if (statusOf(error) === status.end) return entries
      throw error
    } finally {
      await session.ask((sftp, done) => sftp.close(handle, done)).catch(() => undefined)
    }
  } catch (error) {
    if (statusOf(error) === status.missing) return []
    throw asRefusal(error)
  }
}

/** Makes the folders above a file. What lies there and is none, such as a link to elsewhere, is refused. */
async function makeFolders(session: SftpSession, at: (name: string) => string, name: string): Promise<void> {
  const parts = name.split('/').slice(0, -1)
  for (const [index] of parts.entries()) {
    const path = at(parts.slice(0, index + 1).join('/'))
    const found = await lstat(session, path)
    if (found?.isDirectory() === true) continue
    if (found !== undefined) throw targetErrors.no_file()
    await session
      .ask((sftp, done) => sftp.mkdir(path, { mode: 0o700 }, done))
      .catch((error: unknown) => {
        throw asRefusal(error)
      })
  }
}

interface Draft {
  readonly draft: string
  /** The file that remembers it here. */
  readonly note: string
  readonly notes: string
}

/** Writes a file under the name that it has until it is whole. What was sent before is not sent again where it is the same. */
async function writeDraft(
  session: SftpSession,
  { draft, note, notes }: Draft,
  bytes: AsyncIterable<Uint8Array>,
  size: number,
): Promise<void> {
  const known = await knownPieces(session, draft, note)
  if (known.length === 0) await unlink(session, draft)
  const handle = await session
    // Made anew it must not be there: through a link that somebody puts in its place nothing is written.
    .ask<Buffer>((sftp, done) => sftp.open(draft, known.length > 0 ? 'r+' : 'wx', { mode: 0o600 }, done))
    .catch((error: unknown) => {
      throw asRefusal(error, 'writing')
    })
  try {
    await mkdir(notes, { recursive: true, mode: 0o700 })
    let written = 0
    let piece = 0
    for await (const part of inPieces(bytes)) {
      const sha256 = createHash('sha256').update(part).digest('hex')
      if (known[piece] !== sha256) {
        if (piece < known.length || piece === 0)
          await writeFile(note, known.splice(0, piece).map(line).join(''), { mode: 0o600 })
        await writePiece(session, handle, part, piece * pieceBytes)
        await appendFile(note, line(sha256))
      }
      written += part.length
      piece++
    }
    if (written !== size) throw targetErrors.short()
    await settle(session, handle, size)
  } finally {
    await session.ask((sftp, done) => sftp.close(handle, done)).catch(() => undefined)
  }
}

const line = (sha256: string) => `${sha256}\n`

/** The hashes of the pieces that lie in a place already, as far as they were noted and can be there. */
async function knownPieces(session: SftpSession, draft: string, note: string): Promise<string[]> {
  const noted = (await readFile(note, 'utf8').catch(() => '')).split('\n').filter((one) => one !== '')
  if (noted.length === 0) return []
  const found = await lstat(session, draft)
  if (found?.isFile() !== true) return []
  return noted.slice(0, Math.floor(found.size / pieceBytes))
}

async function writePiece(session: SftpSession, handle: Buffer, part: Buffer, position: number): Promise<void> {
  const writes: Promise<unknown>[] = []
  for (let from = 0; from < part.length; from += chunkBytes) {
    const length = Math.min(chunkBytes, part.length - from)
    writes.push(session.ask((sftp, done) => sftp.write(handle, part, from, length, position + from, done)))
  }
  // All of them, so that none is left that nobody listens to.
  for (const { status: outcome, reason } of await allSettled(writes))
    if (outcome === 'rejected') throw asRefusal(reason, 'writing')
}

async function allSettled(work: Promise<unknown>[]): Promise<{ status: string; reason?: unknown }[]> {
  return await Promise.allSettled(work)
}

/** Brings to the disk what was written, where the server knows how, and looks how much it is. */
async function settle(session: SftpSession, handle: Buffer, size: number): Promise<void> {
  try {
    const found = await session.ask<Stats>((sftp, done) => sftp.fstat(handle, done))
    // Of another file that was begun here.
    if (found.size > size)
      await session.ask((sftp, done) => sftp.fsetstat(handle, { size } satisfies Partial<Attributes>, done))
    if (found.size < size) throw targetErrors.short()
    await session.ask((sftp, done) => sftp.ext_openssh_fsync(handle, done)).catch(orNotKnown)
  } catch (error) {
    throw asRefusal(error, 'writing')
  }
}

/** Gives a file its name: at once where the server can put it in the place of another; else the other goes first. */
async function renameOver(session: SftpSession, from: string, to: string): Promise<void> {
  const rename = () => session.ask((sftp, done) => sftp.rename(from, to, done))
  try {
    let isDone = true
    await session
      .ask((sftp, done) => sftp.ext_openssh_rename(from, to, done))
      .catch((error: unknown) => {
        isDone = false
        orNotKnown(error)
      })
    if (isDone) return
    await rename().catch(async (error: unknown) => {
      if (statusOf(error) !== status.failure) throw error
      await unlink(session, to)
      await rename()
    })
  } catch (error) {
    throw asRefusal(error)
  }
}

/** Lets pass that a server does not know an extension of OpenSSH. */
function orNotKnown(error: unknown): void {
  const isNotKnown =
    error instanceof Error &&
    (error.message.includes('does not support this extended request') || statusOf(error) === 8)
  if (!isNotKnown) throw error
}

async function* readWhole(session: SftpSession, path: string): AsyncGenerator<Uint8Array> {
  const handle = await session
    .ask<Buffer>((sftp, done) => sftp.open(path, 'r', done))
    .catch((error: unknown) => {
      throw asRefusal(error)
    })
  const atOnce = 32
  try {
    for (let position = 0; ; position += atOnce * chunkBytes) {
      const chunks = await Promise.all(
        Array.from({ length: atOnce }, (_, n) => readChunk(session, handle, position + n * chunkBytes)),
      )
      const short = chunks.findIndex((chunk) => chunk.length < chunkBytes)
      yield Buffer.concat(short < 0 ? chunks : chunks.slice(0, short + 1))
      if (short >= 0) return
    }
  } catch (error) {
    throw asRefusal(error)
  } finally {
    await session.ask((sftp, done) => sftp.close(handle, done)).catch(() => undefined)
  }
}

/** A chunk that is shorter only at the end of the file: a server may give less than was asked for. */
async function readChunk(session: SftpSession, handle: Buffer, position: number): Promise<Buffer> {
  const chunk = Buffer.alloc(chunkBytes)
  let got = 0
  while (got < chunkBytes) {
    const read = await session.ask<number>((sftp, done) =>
      sftp.read(handle, chunk, got, chunkBytes - got, position + got, (error, count) => done(error, count)),
    )
    if (read === 0) break
    got += read
  }
  return chunk.subarray(0, got)
}

async function* inPieces(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = []
  let size = 0
  for await (const part of bytes) {
    for (let from = 0; from < part.length;) {
      const taken = part.subarray(from, from + pieceBytes - size)
      held.push(taken)
      size += taken.length
      from += taken.length
      if (size < pieceBytes) continue
      yield Buffer.concat(held)
      held = []
      size = 0
    }
  }
  if (size > 0) yield Buffer.concat(held)
}

async function lstat(session: SftpSession, path: string): Promise<Stats | undefined> {
  return await session.ask<Stats>((sftp, done) => sftp.lstat(path, done)).catch(orMissing)
}

/** The folder that whoever runs the machine named may be a link. */
async function stat(session: SftpSession, path: string): Promise<Stats | undefined> {
  return await session.ask<Stats>((sftp, done) => sftp.stat(path, done)).catch(orMissing)
}

async function unlink(session: SftpSession, path: string): Promise<void> {
  await session.ask((sftp, done) => sftp.unlink(path, done)).catch(orMissing)
}

function orMissing(error: unknown): undefined {
  if (statusOf(error) === status.missing) return undefined
  throw asRefusal(error)
}

function statusOf(error: unknown): number | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'number' ? error.code : undefined
}

function isRefusal(error: unknown, code: string): boolean {
  return error instanceof AppError && error.code === code
}

/** What a server says, in words. A full disk is a plain failure to OpenSSH. */
function asRefusal(error: unknown, doing: 'writing' | 'asking' = 'asking'): unknown {
  const said = statusOf(error)
  const cause = { cause: error }
  if (said === undefined) return error
  if (said === status.missing) return targetErrors.missing({}, cause)
  if (said === status.denied) return targetErrors.denied({}, cause)
  if (said === status.noSpace || said === status.quota) return targetErrors.full({}, cause)
  if (said === status.failure && doing === 'writing') return targetErrors.full({}, cause)
  return targetErrors.failing({ status: said }, cause)
}
