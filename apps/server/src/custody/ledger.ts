import {
  LedgerError,
  appendLeaves,
  emptyFrontier,
  encodeBase64,
  frontierRoot,
  isOpenedBy,
  leafHash,
  openCheckpoint,
  parseLeaf,
  parseVkey,
} from '@art32/ledger'
import type { Frontier, ReadLeaf, VerifierKey } from '@art32/ledger'
import { z } from 'zod'
import { ledgerCrypto } from '../platform/index.ts'
import { bad, badLine, parseLine } from './parts.ts'
import type { Parts } from './parts.ts'

const paths = {
  entries: 'ledger/entries.ndjson',
  openings: 'ledger/openings.ndjson',
  checkpoints: 'ledger/checkpoints.ndjson',
} as const

const Hex = z
  .string()
  .regex(/^\\x(?:[0-9a-f]{2})*$/)
  .transform((text) => Buffer.from(text.slice(2), 'hex'))
const Time = z.string().max(40)

/** One entry of the log, its leaf as text. */
export const EntryLine = z.strictObject({ idx: z.int().min(0), at: Time, leaf: z.string() })
/** What a leaf commits to. */
export const OpeningLine = z.strictObject({
  commitment: Hex,
  idx: z.int().min(0),
  role: z.string().max(48),
  salt: Hex.nullable(),
  content: Hex.nullable(),
  erased_at: Time.nullable(),
})
/** A signed head. */
export const CheckpointLine = z.strictObject({ size: z.int().min(0), note: z.string().max(100_000), at: Time })

/** The last head of a log that holds. */
export interface Head {
  readonly origin: string
  readonly vkey: string
  readonly size: number
  readonly root: Uint8Array
  readonly note: string
}

/** Reads a list one by one, with a look at the next. */
class Cursor<T extends z.ZodType> {
  readonly #lines: AsyncGenerator<{ line: number; text: string }>
  readonly #schema: T
  readonly path: string
  next: { line: number; value: z.output<T> } | null = null

  constructor(parts: Parts, path: string, schema: T) {
    this.#lines = parts.lines(path)
    this.#schema = schema
    this.path = path
  }

  async step(): Promise<void> {
    const read = await this.#lines.next()
    if (read.done === true) {
      this.next = null
      return
    }
    const { line, text } = read.value
    this.next = { line, value: parseLine(this.#schema, this.path, line, text) }
  }
}

/**
 * Checks the log of an export to the last byte, in one pass: each leaf in its place, each signed head over the tree as it
 * was then, each content behind its commitment, none missing and none besides.
 *
 * @throws {custody.bad_file | custody.bad_line}
 */
export async function verifyLedger(parts: Parts): Promise<Head> {
  const { manifest } = parts
  const vkey = (await parts.whole('ledger/vkey')).toString('utf8').trim()
  if (vkey !== manifest.ledger.vkey) throw bad('ledger/vkey', 'it is not the key that the manifest names')
  const key = keyOf(vkey)
  if (key.name !== manifest.ledger.origin) throw bad('ledger/vkey', 'it is the key of another log')
  const openings = new Cursor(parts, paths.openings, OpeningLine)
  const checkpoints = new Cursor(parts, paths.checkpoints, CheckpointLine)
  await Promise.all([openings.step(), checkpoints.step()])
  let frontier: Frontier = emptyFrontier
  let head = await checkHeads(checkpoints, frontier, key, null)
  for await (const { line, text } of parts.lines(paths.entries)) {
    const { idx, leaf: written } = parseLine(EntryLine, paths.entries, line, text)
    if (idx !== frontier.size) throw badLine(paths.entries, line, 'an entry is missing or out of its place')
    const bytes = Buffer.from(written, 'utf8')
    const leaf = leafOf(bytes, line)
    if (leaf.seq !== idx || leaf.log !== key.name) throw badLine(paths.entries, line, 'its leaf belongs elsewhere')
    await checkOpenings(openings, idx, leaf, line)
    frontier = appendLeaves(ledgerCrypto, frontier, [leafHash(ledgerCrypto, bytes)])
    head = await checkHeads(checkpoints, frontier, key, head)
  }
  if (openings.next) throw badLine(paths.openings, openings.next.line, 'it belongs to no entry')
  if (checkpoints.next) throw badLine(paths.checkpoints, checkpoints.next.line, 'its log is longer than the entries')
  if (head === null || head.size !== frontier.size || head.size !== manifest.ledger.size)
    throw bad(paths.checkpoints, 'the last head is missing')
  if (encodeBase64(head.root) !== manifest.ledger.root) throw bad('manifest.json', 'its root is not that of the log')
  return { ...head, vkey }
}

type Known = Omit<Head, 'vkey'>

async function checkHeads(
  checkpoints: Cursor<typeof CheckpointLine>,
  frontier: Frontier,
  key: VerifierKey,
  last: Known | null,
): Promise<Known | null> {
  let head = last
  while (checkpoints.next && checkpoints.next.value.size <= frontier.size) {
    const { line, value } = checkpoints.next
    const signed = checked(paths.checkpoints, line, () => openCheckpoint(ledgerCrypto, value.note, [key]))
    const root = frontierRoot(ledgerCrypto, frontier)
    if (signed.size !== value.size || value.size !== frontier.size || !Buffer.from(signed.root).equals(root))
      throw badLine(paths.checkpoints, line, 'the signed head is not that of the entries')
    head = { origin: key.name, size: signed.size, root, note: value.note }
    await checkpoints.step()
  }
  return head
}

async function checkOpenings(
  openings: Cursor<typeof OpeningLine>,
  idx: number,
  leaf: ReadLeaf,
  line: number,
): Promise<void> {
  const committed = new Map([['actor', leaf.actor.c], ...leaf.obj.map(({ role, c }): [string, string] => [role, c])])
  while (openings.next?.value.idx === idx) {
    const { role, commitment, salt, content, erased_at: erased } = openings.next.value
    const at = openings.next.line
    const c = commitment.toString('base64')
    if (committed.get(role) !== c) throw badLine(paths.openings, at, 'the entry does not commit to it')
    committed.delete(role)
    if ((erased === null) !== (salt !== null && content !== null))
      throw badLine(paths.openings, at, 'it is half erased')
    if (salt && content && !checked(paths.openings, at, () => isOpenedBy(ledgerCrypto, c, salt, content)))
      throw badLine(paths.openings, at, 'the content is not what the entry commits to')
    await openings.step()
  }
  if (committed.size > 0) throw badLine(paths.entries, line, 'what its leaf commits to is missing')
}

function leafOf(bytes: Buffer, line: number): ReadLeaf {
  return checked(paths.entries, line, () => parseLeaf(bytes))
}

function keyOf(vkey: string): VerifierKey {
  try {
    return parseVkey(ledgerCrypto, vkey)
  } catch (cause) {
    throw bad('ledger/vkey', 'it is no key of a log', cause)
  }
}

function checked<T>(path: string, line: number, work: () => T): T {
  try {
    return work()
  } catch (cause) {
    if (cause instanceof LedgerError) throw badLine(path, line, cause.reason.replace(/\.$/, ''), cause)
    throw cause
  }
}
