import { createWriteStream, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { once } from 'node:events'
import os from 'node:os'
import path from 'node:path'
import { customers, events, logLines, type Piece } from './corpus-tables.ts'

/** Files of known content, kept between runs: made once for a size and a version of the generator. */
const folder = path.join(os.tmpdir(), 'art32-bench-shield-1')

/** Different rows, after which they come again: making them costs more than reading them. */
const DIFFERENT = 40_000

const makers = { customers, events, logLines } as const

export type Kind = keyof typeof makers

/** A file of about so many megabytes; returns its path. */
export async function fileOf(kind: Kind, megabytes: number): Promise<string> {
  mkdirSync(folder, { recursive: true })
  const file = path.join(folder, `${kind}-${megabytes}`)
  const done = `${file}.done`
  if (existsSync(done) && readFileSync(done, 'utf8') === 'whole') return file
  const pieces: Buffer[] = []
  for (const { text } of makers[kind](DIFFERENT, 'development', 20_261)) pieces.push(Buffer.from(text))
  const [header, ...rows] = kind === 'customers' ? pieces : [Buffer.alloc(0), ...pieces]
  const body = Buffer.concat(rows)
  const out = createWriteStream(file)
  out.write(header ?? '')
  for (let written = 0; written < megabytes * 1e6; written += body.length) {
    if (!out.write(body)) await once(out, 'drain')
  }
  out.end()
  await once(out, 'finish')
  writeFileSync(done, 'whole')
  return file
}

/** The pieces of a small table, with what has to be gone from each. */
export const tableOf = (rows: number, half: 'development' | 'heldOut', seed: number): Piece[] => [
  ...customers(rows, half, seed),
]
